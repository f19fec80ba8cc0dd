/// The Office theme's colours and fonts, which theme colours in styles and charts refer to (ECMA-376 Part 1, 20.1.6.9).
package enum ThemePart {
  /// The part's text, for documents of other kinds.
  package static var text: String { String(decoding: xml().array(), as: UTF8.self) }

  static func xml() -> ByteBuffer {
    var xml = ByteBuffer()
    xml.declaration()
    xml.append("<a:theme")
    xml.attribute("xmlns:a", Namespace.drawing)
    xml.append(" name=\"Office\"><a:themeElements><a:clrScheme name=\"Office\">")
    for (name, color) in colors {
      xml.append(raw: "<a:\(name)>\(color)</a:\(name)>")
    }
    xml.append("</a:clrScheme><a:fontScheme name=\"Office\">")
    for (name, latin) in [("majorFont", "Calibri Light"), ("minorFont", "Calibri")] {
      xml.append(
        raw: """
          <a:\(name)><a:latin typeface="\(latin)"/><a:ea typeface=""/><a:cs typeface=""/>\
          <a:font script="Hans" typeface="宋体"/><a:font script="Hant" typeface="新細明體"/>\
          <a:font script="Jpan" typeface="ＭＳ Ｐゴシック"/><a:font script="Hang" typeface="맑은 고딕"/></a:\(name)>
          """)
    }
    xml.append("</a:fontScheme><a:fmtScheme name=\"Office\">")
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>"
    xml.append(raw: "<a:fillStyleLst>\(fill)\(fill)\(fill)</a:fillStyleLst><a:lnStyleLst>")
    for width in [6350, 12700, 19050] {
      xml.append(
        raw:
          "<a:ln w=\"\(width)\" cap=\"flat\" cmpd=\"sng\" algn=\"ctr\">\(fill)<a:prstDash val=\"solid\"/></a:ln>"
      )
    }
    xml.append("</a:lnStyleLst><a:effectStyleLst>")
    for _ in 0..<3 { xml.append("<a:effectStyle><a:effectLst/></a:effectStyle>") }
    xml.append(
      raw: "</a:effectStyleLst><a:bgFillStyleLst>\(fill)\(fill)\(fill)</a:bgFillStyleLst></a:fmtScheme>")
    xml.append("</a:themeElements></a:theme>")
    return xml
  }

  private static let colors = [
    ("dk1", "<a:sysClr val=\"windowText\" lastClr=\"000000\"/>"),
    ("lt1", "<a:sysClr val=\"window\" lastClr=\"FFFFFF\"/>"),
    ("dk2", srgb("44546A")), ("lt2", srgb("E7E6E6")), ("accent1", srgb("4472C4")),
    ("accent2", srgb("ED7D31")),
    ("accent3", srgb("A5A5A5")), ("accent4", srgb("FFC000")), ("accent5", srgb("5B9BD5")),
    ("accent6", srgb("70AD47")),
    ("hlink", srgb("0563C1")), ("folHlink", srgb("954F72")),
  ]

  private static func srgb(_ hex: String) -> String { "<a:srgbClr val=\"\(hex)\"/>" }
}
