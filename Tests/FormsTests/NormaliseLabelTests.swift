import Testing

@testable import Forms

@Suite("Labels compared")
struct NormaliseLabelTests {
  @Test(
    "spaces, widths, punctuation and line breaks do not count",
    arguments: [
      ("合 计", "合计"), ("送\n文\n艺", "送文艺"), ("附件 2：", "附件2"), ("附件２", "附件2"), ("“中国梦·劳动美”", "中国梦劳动美"),
      ("项\u{3000}目", "项目"),
      ("填报单位（盖章）：", "填报单位盖章"), ("\u{FEFF}线\u{200B}上\u{A0}", "线上"), ("⼯会", "工会"), ("Sheet１", "sheet1"),
      ("", ""), ("——", ""),
      ("二〇二四年", "二〇二四年"),
    ])
  func keys(text: String, key: String) {
    #expect(LabelText.key(text) == key)
  }

  @Test("the base key leaves out what stands in brackets")
  func baseKeys() {
    #expect(LabelText.baseKey("活动场次\n（场）") == "活动场次")
    #expect(LabelText.baseKey("覆盖人数(万人次)") == "覆盖人数")
    #expect(LabelText.baseKey("填报单位（盖章）：") == "填报单位")
    #expect(LabelText.baseKey("（线上）") == "线上")
    #expect(LabelText.baseKey("活动场次（场") == "活动场次")
  }
}
