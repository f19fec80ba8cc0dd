/// What was returned, and what was not.
public struct ReturnReport: Sendable {
  public struct Returned: Sendable {
    public var file: String
    /// The file that was written, as its folder was named.
    public var written: String
    /// `copy`, `rendering` or `notice`.
    public var kind: String
    public var units: [String]
    /// Labels.
    public var forms: [String]
    public var errors: Int
    public var warnings: Int
    public var infos: Int
    /// How many cells are marked.
    public var cells: Int
    /// How many times the file has been returned, this time included.
    public var round: Int
  }

  public struct Kept: Sendable {
    public var file: String
    public var state: InputFile.State
    public var reason: LocalizedText
  }

  public var campaign: String
  public var asOf: CalendarDate
  public var due: CalendarDate
  public var returned: [Returned] = []
  public var kept: [Kept] = []
}

extension ReturnReport {
  /// The report as `return --format json` prints it.
  public func json(language: Language) -> JSONValue {
    [
      "campaign": .string(campaign), "asOf": .string(asOf.description), "due": .string(due.description),
      "returned": .array(
        returned.map { item in
          [
            "file": .string(item.file), "written": .string(item.written), "kind": .string(item.kind),
            "units": .array(item.units.map { .string($0) }), "forms": .array(item.forms.map { .string($0) }),
            "errors": .integer(item.errors), "warnings": .integer(item.warnings),
            "infos": .integer(item.infos), "cells": .integer(item.cells), "round": .integer(item.round),
          ]
        }),
      "notReturned": .array(
        kept.map { item in
          [
            "file": .string(item.file), "state": .string(item.state.rawValue),
            "reason": .string(item.reason.text(in: language)),
          ]
        }),
      "summary": ["returned": .integer(returned.count), "notReturned": .integer(kept.count)],
    ]
  }

  /// What was returned for whom, and below it what was not, with the reason.
  public func text(language: Language, usesColor: Bool = false) -> String {
    let style = TextStyle(usesColor: usesColor)
    let zh = language == .chinese
    var blocks: [String] = []
    if !returned.isEmpty {
      var table = TextTable(
        zh
          ? ["单位", "表", "错误", "核实", "标注", "退回的文件"]
          : ["unit", "form", "errors", "warnings", "cells", "returned file"],
        alignments: [.left, .left, .right, .right, .right])
      for item in returned {
        table.add([
          item.units.isEmpty ? "？" : item.units.joined(separator: zh ? "、" : ", "),
          item.forms.isEmpty ? "-" : item.forms.joined(separator: zh ? "、" : ", "), String(item.errors),
          String(item.warnings), String(item.cells), ReturnSheet.lastPart(of: item.written),
        ])
      }
      blocks.append(
        table.lines { row, column, text in
          guard row != nil else { return style.mark(text, .bold) }
          return column == 2 && text != "0" ? style.mark(text, .red) : text
        }.joined(separator: "\n"))
    }
    if !kept.isEmpty {
      let lines = kept.map { item in
        "  " + style.mark(item.state.word.text(in: language), .dim) + "  \(item.file)  "
          + item.reason.text(in: language)
      }
      blocks.append(([style.mark(zh ? "没有退回的文件" : "Not returned", .bold)] + lines).joined(separator: "\n"))
    }
    blocks.append(
      zh
        ? "退回\(returned.count)份，请单位于\(due.longText)前报送；未退回\(kept.count)份"
        : "\(returned.count) returned, due again on \(due); \(kept.count) not returned")
    return blocks.joined(separator: "\n\n") + "\n"
  }
}
