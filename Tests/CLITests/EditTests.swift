import Foundation
import Testing

/// Setting cells from the command line: what is written is what was typed.
@Suite("edit")
struct EditTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Data("单位,电话\n沁阳市总工会,\n".utf8), as: "名册.csv")
    _ = try folder.tool.run("convert", "--raw", "名册.csv", "-o", "名册.xlsx")
  }

  @Test("A telephone number keeps its leading zero and an identity number all its digits")
  func leadingZeroAndLongNumbersAreNotLost() throws {
    let result = try folder.tool.run(
      "edit", "名册.xlsx", "Sheet1!B2=03913999920", "Sheet1!C2=410882199001011234", "Sheet1!D2=0.57",
      "Sheet1!E2=-15", "-o", "新.xlsx")
    #expect(result.exitCode == 0)
    let cells = try folder.tool.run("dump", "新.xlsx").output
    #expect(cells.contains(#""B2":{"type":"string","value":"03913999920"}"#))
    #expect(cells.contains(#""C2":{"type":"string","value":"410882199001011234"}"#))
    #expect(cells.contains(#""D2":{"type":"number","value":0.57}"#))
    #expect(cells.contains(#""E2":{"type":"number","value":-15}"#))
  }

  @Test("An edit that cannot be done names the file and the sheets there are, and writes nothing")
  func refusalNamesFileAndSheets() throws {
    let sheet = try folder.tool.run("edit", "名册.xlsx", "附件9!A1=1", "-o", "新.xlsx")
    #expect(sheet.exitCode == 2)
    #expect(sheet.complaint == "名册.xlsx：没有工作表“附件9”，有：Sheet1\n")
    let file = try folder.tool.run("edit", "没有.xlsx", "A1=1", "-o", "新.xlsx")
    #expect(file.exitCode == 2)
    #expect(file.complaint.contains("没有.xlsx"))
    #expect(!folder.files.contains("新.xlsx"))
  }

  @Test("An assignment that is none is refused with the shape it should have, in either language")
  func wrongAssignmentShowsItsShape() throws {
    let chinese = try folder.tool.run("edit", "名册.xlsx", "Sheet1!A1", "-o", "新.xlsx")
    #expect(chinese.exitCode == 64)
    #expect(chinese.complaint.contains("工作表!A1=值"))
    let english = try folder.tool.run("edit", "名册.xlsx", "Sheet1!A1", "-o", "新.xlsx", "--lang", "en")
    #expect(english.complaint.contains("SHEET!A1=VALUE"))
    #expect(try folder.tool.run("dump", "--lang", "en").complaint.contains("'FILE'"))
  }
}
