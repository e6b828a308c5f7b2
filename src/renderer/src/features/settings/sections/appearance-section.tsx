import { DEFAULT_PREFERENCES, Preferences } from '../../../../../shared/model/preferences.js'
import { useText } from '../../../text/text.js'
import { ChoiceSetting, NumberSetting } from '../setting-controls.js'
import { useSaver } from '../use-saving.js'

interface SectionProps {
  readonly preferences: Preferences
}

export function AppearanceSection({ preferences }: SectionProps) {
  const text = useText().settings
  const theme = useSaver()
  const motion = useSaver()
  const contrast = useSaver()
  return (
    <>
      <ChoiceSetting
        item="theme"
        value={preferences.theme}
        usual={DEFAULT_PREFERENCES.theme}
        options={[
          { value: 'system', label: text.theme.system },
          { value: 'light', label: text.theme.light },
          { value: 'dark', label: text.theme.dark },
        ]}
        saver={theme}
        onSave={(value) => theme.save({ preferences: { theme: value } })}
      />
      <TextSize preferences={preferences} />
      <ChoiceSetting
        item="motion"
        value={preferences.motion}
        usual={DEFAULT_PREFERENCES.motion}
        options={[
          { value: 'system', label: text.motion.system },
          { value: 'reduced', label: text.motion.reduced },
        ]}
        saver={motion}
        onSave={(value) => motion.save({ preferences: { motion: value } })}
      />
      <ChoiceSetting
        item="contrast"
        value={preferences.contrast}
        usual={DEFAULT_PREFERENCES.contrast}
        options={[
          { value: 'system', label: text.contrast.system },
          { value: 'more', label: text.contrast.more },
        ]}
        saver={contrast}
        onSave={(value) => contrast.save({ preferences: { contrast: value } })}
      />
    </>
  )
}

function TextSize({ preferences }: SectionProps) {
  const text = useText().settings
  const saver = useSaver()
  return (
    <NumberSetting
      item="textSize"
      value={preferences.textSize}
      usual={DEFAULT_PREFERENCES.textSize}
      rule={Preferences.shape.textSize}
      wrong={text.wholeNumber(75, 200)}
      unit={text.percent}
      saver={saver}
      onSave={(textSize) => saver.save({ preferences: { textSize } })}
    />
  )
}

export function LanguageSection({ preferences }: SectionProps) {
  const text = useText().settings.language
  const saver = useSaver()
  return (
    <ChoiceSetting
      item="language"
      value={preferences.language}
      usual={DEFAULT_PREFERENCES.language}
      options={[
        { value: 'system', label: text.system },
        { value: 'en', label: text.en },
        { value: 'de', label: text.de },
        { value: 'zh-hant', label: text['zh-hant'] },
      ]}
      saver={saver}
      onSave={(language) => saver.save({ preferences: { language } })}
    />
  )
}
