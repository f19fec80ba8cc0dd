/// One self-contained page: no script, nothing from the network, everything it shows inside it.
struct HTMLPage {
  var title: String
  var language: Language
  var body: [String]

  func html() -> String {
    """
    <!DOCTYPE html>
    <html lang="\(language == .chinese ? "zh-CN" : "en")">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
    <link rel="icon" href="data:,">
    <title>\(PageText.escaped(title))</title>
    <style>
    \(Self.style)
    </style>
    </head>
    <body>
    \(body.joined(separator: "\n"))
    </body>
    </html>

    """
  }

  /// The fonts of official papers where the machine has them, and what comes nearest where it has not.
  private static let style = """
    :root {
      --title: "方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "华文中宋", STZhongsong, "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif;
      --head: "黑体", SimHei, "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif;
      --text: "仿宋_GB2312", "仿宋", FangSong, STFangsong, "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif;
      --rule: #333; --shade: #f2f2f2; --accent: #b3261e;
    }
    * { box-sizing: border-box; }
    html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
    body { margin: 0 auto; padding: 1.5rem; max-width: 76rem; font: 12pt/1.5 var(--text); color: #111; background: #fff; }
    header { text-align: center; border-bottom: 3px double var(--accent); margin-bottom: 1rem; padding-bottom: .5rem; }
    h1 { font: 22pt/1.35 var(--title); margin: .6rem 0 .3rem; }
    h2 { font: 16pt/1.35 var(--title); margin: 2rem 0 .4rem; text-align: center; }
    h3 { font: 13pt/1.35 var(--head); margin: 1.2rem 0 .4rem; }
    p { margin: .3rem 0; }
    .note { font-size: 10.5pt; color: #333; }
    .label { font: 14pt var(--head); }
    nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; list-style: none; padding: 0; margin: 0 0 1rem; }
    a { color: #1f4e79; }
    .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .6rem; margin: 0; }
    .figures > div { border: 1px solid #999; padding: .5rem .8rem; }
    .figures dt { font: 10.5pt var(--head); color: #333; }
    .figures dd { margin: 0; font: 16pt/1.3 var(--title); font-variant-numeric: tabular-nums; }
    .figures dd small { display: block; font: 10.5pt/1.4 var(--text); }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; margin: .3rem auto; font-size: 10.5pt; font-variant-numeric: tabular-nums; }
    caption { font: 10.5pt var(--head); text-align: left; padding: .2rem 0; }
    th, td { padding: .25em .35em; text-align: center; vertical-align: middle; overflow-wrap: anywhere; white-space: pre-line; }
    th { font-weight: normal; }
    .box { border: 1px solid var(--rule); }
    thead th { background: var(--shade); font-family: var(--head); overflow-wrap: normal; }
    .l { text-align: left; }
    .n { white-space: nowrap; overflow-wrap: normal; }
    .t { min-width: 14em; }
    .many th, .many td { padding: .25em .15em; }
    tr.sum td, tr.sum th { background: var(--shade); font-family: var(--head); }
    figure { margin: .6rem 0; overflow-x: auto; }
    figcaption { font: 12pt/1.4 var(--head); margin-bottom: .2rem; }
    svg { width: 100%; min-width: 42rem; max-width: 56rem; height: auto; display: block; }
    svg text { font-family: var(--head); }
    .form { max-width: 48rem; margin: 0 auto; }
    .form.wide { max-width: 64rem; }
    .form table { font-size: inherit; }
    @media (max-width: 40rem) { body { padding: .8rem; } h1 { font-size: 17pt; } h2 { font-size: 14pt; } }
    @page { size: A4 portrait; margin: 1.8cm 1.6cm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 9pt; } }
    @page wide { size: A4 landscape; margin: 1.4cm 1.2cm; }
    @media print {
      body { padding: 0; max-width: none; }
      nav { display: none; }
      section + section { break-before: page; }
      section.wide { page: wide; }
      h2, h3, figcaption { break-after: avoid; }
      figure, tr, .figures > div { break-inside: avoid; }
      thead { display: table-header-group; }
      .scroll, figure { overflow: visible; }
      svg { min-width: 0; }
      .t { min-width: 0; }
      table { font-size: 9pt; }
      .wide table.many { font-size: 7pt; }
      .form table { font-size: inherit; }
      a { color: inherit; text-decoration: none; }
    }
    """
}
