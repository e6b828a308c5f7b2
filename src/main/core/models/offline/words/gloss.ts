/**
 * German and Chinese clauses are read by way of English: each known word is replaced, and the
 * result is parsed like any other clause. What people are shown are always their own words.
 */
type Gloss = readonly [pattern: RegExp, english: string]

const GERMAN_MARKERS =
  /(?<!\p{L})(?:führe?|starte|lasse?|laufen|läuft|teste|baue?|kompilier\p{L}*|suche?|durchsuch\p{L}*|untersuch\p{L}*|analysier\p{L}*|überprüf\p{L}*|prüfe?|vergleiche?|zeige?|brich|breche|abbrechen|stoppe?|beende|wie|kannst|könntest|würdest|ergebnis\p{L}*|bericht|größt\p{L}*|bitte|danke|hallo|moin|servus|guten|hilfe|nicht|keine?n?|alles)(?!\p{L})/iu

const GERMAN: readonly Gloss[] = [
  [/\bnicht\b/gi, 'not'],
  [/\bkein(?:e|en)?\b/gi, 'not'],
  [/\bbitte\b/gi, 'please'],
  [/\b(?:vielen dank|danke(?: schön| sehr)?)\b/gi, 'thanks'],
  [/\b(?:hallo|guten (?:tag|morgen|abend)|servus|moin)\b/gi, 'hello'],
  [/\bwas kannst du\b.*/gi, 'what can you do'],
  [/\bhilfe\b/gi, 'help'],
  [/\b(?:kannst|könntest|würdest) du\b/gi, 'can you'],
  [/\b(?:wie weit (?:bist du|ist|sind)|wie läuft|wie steht)\b/gi, 'how is'],
  [/\bwas läuft(?: gerade)?\b/gi, 'what is running'],
  [/\b(?:wie|was) ist der (?:status|stand)\b/gi, 'what is the status'],
  [/\b(?:stand|fortschritt)\b/gi, 'status'],
  [/\b(?:zeige?n?)\b/gi, 'show'],
  [/\b(?:ergebnisse)\b/gi, 'results'],
  [/\b(?:ergebnis(?:ses)?|bericht)\b/gi, 'result'],
  [/\b(?:brich|breche|abbrechen|stoppe?n?|beende?n?)\b/gi, 'cancel'],
  [/\b(?:führe?n?|starte?n?|lasse?n?)\b/gi, 'run'],
  [/\b(?:aus|laufen|ab|durch|mal|mir)\b(?=\s*(?:$|[,.!?;]|das\b|die\b|den\b|alle\b))/gi, ''],
  [/\bteste?n?\b/gi, 'test'],
  [/\b(?:baue?n?|kompiliere?n?)\b/gi, 'build'],
  [/\b(?:durchsuche?n?)\b/gi, 'search'],
  [/\b(?:suche?n?|finden?)\b/gi, 'search'],
  [/\bnach\b/gi, 'for'],
  [/(?<!\p{L})(?:untersuche?n?|analysiere?n?|überprüfe?n?|prüfe?n?)(?!\p{L})/giu, 'survey'],
  [/\b(?:untersuchung|analyse)\b/gi, 'survey'],
  [/\bvergleiche?n?\b/gi, 'compare'],
  [/\b(?:größten?|große[nr]?|längsten?)\b/gi, 'large'],
  [/\bdatei(?:en)?\b/gi, 'files'],
  [/\b(?:sprachen?)\b/gi, 'languages'],
  [/\b(?:zyklen|importzyklen)\b/gi, 'cycles'],
  [/\bverzeichnis(?:se)?|ordner\b/gi, 'folder'],
  [/\bprojekts?\b/gi, 'project'],
  [/\b(?:alle aufgaben|alles|alle)\b/gi, 'all'],
  [/\baufgaben?\b/gi, 'tasks'],
  [/\b(?:letzte[nrs]?)\b/gi, 'last'],
  [/\bmit\b/gi, 'with'],
  [/\bund\b/gi, 'and'],
  [/\bes\b/gi, 'it'],
  [/\b(?:im|in der|in dem)\b/gi, 'in'],
  [/\b(?:der|die|das|den|dem|des)\b/gi, 'the'],
]

const CHINESE: readonly Gloss[] = [
  [
    /(?:現在|目前|现在)?(?:有)?(?:哪些|什麼|什么)(?:工作|任務|任务)?(?:正在|在)(?:執行|運行|运行|跑)(?:中)?/g,
    ' what is running ',
  ],
  [/(?:不要|别|別|請勿|请勿)/g, ' not '],
  [/(?:請你|請|请|麻煩你?|麻烦你?|幫我|帮我)/g, ' please '],
  [/(?:謝謝|谢谢|多謝|多谢|感謝)/g, ' thanks '],
  [/(?:你好|您好|哈囉|嗨)/g, ' hello '],
  [/(?:你能做什麼|你會做什麼|你能做什么|你会做什么|幫助|帮助|說明|说明)/g, ' help '],
  [/(?:端到端|端對端)\s*(?:測試|测试)/g, ' e2e tests '],
  [/(?:執行|运行|執行一下|跑一下|跑|運行|啟動|启动)/g, ' run '],
  [/(?:測試|测试)/g, ' tests '],
  [/(?:建置|建構|構建|构建|編譯|编译)/g, ' build '],
  [/(?:搜尋|搜索|查找|尋找|寻找)/g, ' search for '],
  [/(?:分析|調查|调查|檢視|检视|檢查|检查|盤點|掃描|扫描)/g, ' survey '],
  [/(?:比較|比较|對比|对比)/g, ' compare '],
  [/(?:顯示|显示|給我看|看看|查看)/g, ' show '],
  [/(?:結果|结果|報告|报告)/g, ' result '],
  [/(?:進度|进度|狀態|状态|狀況)/g, ' status '],
  [/(?:取消|停止|中止|終止|终止)/g, ' cancel '],
  [/(?:大檔案|大文件|最大的檔案|最大的文件|最大檔案)/g, ' large files '],
  [/(?:檔案|文件)/g, ' files '],
  [/(?:循環依賴|循环依赖|循環匯入|循环导入)/g, ' import cycles '],
  [/(?:待辦|待办)/g, ' TODO '],
  [/(?:程式語言|编程语言|語言|语言)/g, ' languages '],
  [/(?:提交歷史|提交历史|提交記錄|提交记录)/g, ' git history '],
  [/(?:專案|项目|項目)/g, ' project '],
  [/(?:目錄|目录|資料夾|文件夹)/g, ' folder '],
  [/(?:全部|所有)/g, ' all '],
  [/(?:任務|任务|工作(?!區|区|資料夾))/g, ' task '],
  [/(?:最後|最近|上一個|上一个)/g, ' last '],
  [/(?:與|与|跟|和)/g, ' and '],
  [/(?:裡的|里的|裡面|里面|中的|的|在|一下|吧|嗎|吗|了|個|个|把)/g, ' '],
]

export function glossed(clause: string): string {
  let text = clause
  if (/\p{Script=Han}/u.test(text)) text = applyAll(text, CHINESE)
  if (GERMAN_MARKERS.test(text)) text = applyAll(text, GERMAN)
  return text.replace(/\s+/g, ' ').trim()
}

function applyAll(text: string, glosses: readonly Gloss[]): string {
  return glosses.reduce((left, [pattern, english]) => left.replace(pattern, english), text)
}
