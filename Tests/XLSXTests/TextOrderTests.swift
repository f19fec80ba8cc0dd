import Testing

@testable import XLSX

@Suite("The order of texts, as Excel for Chinese compares them")
struct TextOrderTests {
  @Test(
    "each text comes before the next one",
    arguments: [
      [
        "", " a", "-", "0", "10", "9", "a", "B", "c", "é", "啊", "博爱县", "解放区", "马村区", "孟州市", "沁阳市", "温县",
        "修武县", "中站区",
      ],
      // 焦 jiāo, 交 jiāo with fewer strokes; 教 jiào; 建 jiàn before all of them.
      ["建设工会", "交通工会", "焦煤工会", "教育工会"],
      ["甲", "甲1", "甲乙"],
    ])
  func ascending(_ texts: [String]) {
    for (first, second) in zip(texts, texts.dropFirst()) {
      #expect(TextOrder.compare(first, second) < 0, "\(first) < \(second)")
      #expect(TextOrder.compare(second, first) > 0, "\(second) > \(first)")
    }
  }

  @Test("case makes no difference")
  func cases() { #expect(TextOrder.compare("Excel", "eXCEL") == 0) }

  @Test("an approximate look-up finds a Chinese name in a list in the order of its readings")
  func approximateLookUp() throws {
    let book = Workbook.filled([
      "A1": "博爱县", "B1": 60, "A2": "沁阳市", "B2": 70, "A3": "温县", "B3": 80, "A4": "修武县", "B4": 90,
    ])
    let values = try [
      "VLOOKUP(\"温县\",A1:B4,2,TRUE)", "MATCH(\"孟州市\",A1:A4,1)", "IF(\"博爱县\"<\"沁阳市\",1,0)",
    ].map { try book.calculator().evaluate(Formula($0), in: "D1", sheet: 0) }
    #expect(values == [80, 1, 1])
  }
}
