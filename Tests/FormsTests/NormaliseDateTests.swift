import Foundation
import Testing

@testable import Forms

@Suite("Dates and telephone numbers as people write them")
struct NormaliseDateTests {
  @Test(
    "a day of the campaign's year",
    arguments: [
      "2024年11月18日", "2024.11.18", "2024-11-18", "2024/11/18", "20241118", "11月18日", "二〇二四年十一月十八日",
      "２０２４年１１月１８日",
      "2024 年 11 月 18 日", "24.11.18", "2024-11-18 10:30", "2024年11月18号", "2024 11 18", "2024。11。18",
      "2024年11月18", "11.18",
      "11-18", "二零二四年十一月十八日", "二○二四年十一月十八日", "十一月十八日", "2024-11-18T10:30:00Z", "2024、11、18", "241118",
      "2024年11月18日（星期一）", "2024年11月18日 上午", "11/18/2024", "2024—11—18", " 2024年11月18日　", "24年11月18日",
      "2024.11.18.",
    ])
  func day(text: String) {
    let expected = CalendarDate(year: 2024, month: 11, day: 18)
    #expect(DateText.read(text, campaignYear: 2024) == expected.map { .date($0) })
  }

  @Test(
    "unfilled dates are blank",
    arguments: ["", "　", "2024年 月 日", "    年  月  日", "20  年  月  日", "____年__月__日", "2024年"])
  func blank(text: String) {
    #expect(DateText.read(text, campaignYear: 2024) == .blank)
  }

  @Test(
    "what names no one day is unreadable",
    arguments: [
      "11月中旬", "2024年13月1日", "2024年2月30日", "2024年11月", "2024.11", "18", "昨天", "11/8/2024", "2024年11月18日至20日",
      "2024-11/18",
      "123456789", "年11月18日",
    ])
  func unreadable(text: String) {
    #expect(DateText.read(text, campaignYear: 2024) == .unreadable)
  }

  @Test("date cells and bare serial numbers are days")
  func numbers() throws {
    let expected = try #require(CalendarDate(year: 2024, month: 11, day: 6))
    #expect(DateText.read(GridCell(.number(45_602), isDate: true), campaignYear: 2024) == .date(expected))
    #expect(DateText.read(GridCell(.number(45_602)), campaignYear: 2024) == .date(expected))
    #expect(DateText.read(GridCell(.number(20_241_106)), campaignYear: 2024) == .date(expected))
    #expect(
      DateText.read(GridCell(.number(Decimal(string: "45602.4375") ?? 0)), campaignYear: 2024)
        == .date(expected))
    #expect(DateText.read(GridCell(.number(12)), campaignYear: 2024) == .unreadable)
    #expect(DateText.read(GridCell(.blank), campaignYear: 2024) == .blank)
  }

  @Test(
    "possible telephone numbers",
    arguments: [
      "3999920", "39999201", "0391-3999920", "(0391)3999920", "（0391）3999920", "0391 3999920", "03913999920",
      "13938112233",
      "139 3811 2233", "139-3811-2233", "１３９３８１１２２３３", "+86 13938112233", "3999920、13938112233",
      "3999920/13938112233",
      "3999920 13938112233", "0391-3999920转801", "0391-3999920-801", "张静 3999920", "3913999920",
      "010-12345678", "3999920/21",
      "0391—3999920", "400-123-4567", "3999920；3999921",
    ])
  func goodPhones(text: String) {
    #expect(PhoneText.read(text) == .valid)
  }

  @Test(
    "impossible telephone numbers",
    arguments: ["39999", "1393811223", "139381122334", "无", "同上", "3999920、123456", "1.39E+10"])
  func badPhones(text: String) {
    #expect(PhoneText.read(text) == .invalid)
  }

  @Test("nothing, or the line to write on, is no number")
  func blankPhones() {
    #expect(PhoneText.read(" ___ ") == .blank)
    #expect(PhoneText.read(GridValue.blank) == .blank)
    #expect(PhoneText.read(GridValue.number(13_938_112_233)) == .valid)
  }
}
