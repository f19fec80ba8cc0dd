import Forms
import Foundation

/// Decisions made at the page: the same lists that `merge --corrections --notes` takes.
struct DecisionRequests {
  let desk: Desk
  let exchange: Exchange

  private enum Word {
    static let file = LocalizedText(zh: "文件", en: "The file")
    static let sheet = LocalizedText(zh: "工作表", en: "The sheet")
    static let cell = LocalizedText(zh: "单元格", en: "The cell")
    static let value = LocalizedText(zh: "更正值", en: "What is right")
    static let officer = LocalizedText(zh: "经办人", en: "Who decides (经办人)")
    static let reason = LocalizedText(zh: "原因", en: "The reason")
    static let unit = LocalizedText(zh: "单位", en: "The unit")
    static let rule = LocalizedText(zh: "规则", en: "The rule")
    static let text = LocalizedText(zh: "说明", en: "The explanation")
  }

  func correct(_ fields: RequestFields) async throws -> Answer {
    let parts = fields.parts.isEmpty ? [fields] : fields.parts
    guard parts.count <= 20 else {
      throw Problem(.contentTooLarge, "too-many", zh: "一次更正太多", en: "Too many corrections at once.")
    }
    let wanted = try parts.map { part in
      DecisionRegister.NewCorrection(
        file: try part.required("file", Word.file), sheet: try part.required("sheet", Word.sheet),
        cell: try part.required("cell", Word.cell).uppercased(), field: part["field"], old: part["old"] ?? "",
        new: try part.required("new", Word.value),
        officer: try (part["by"] ?? fields["by"]) ?? part.required("by", Word.officer),
        reason: try (part["reason"] ?? fields["reason"]) ?? part.required("reason", Word.reason))
    }
    // Before anything is decided: what counts is in the ledger.
    let campaign = try await desk.view(exchange).campaign
    let made = try await desk.decisions.correct(wanted, asOf: exchange.asOf)
    await desk.record(
      made.map { correction in
        let shown = correction.masked(in: campaign)
        return LedgerEntry(
          .correction, file: correction.file, unit: correction.unit, form: correction.form,
          cell: "\(correction.sheet)!\(correction.cell?.description ?? "")",
          old: shown.old, new: shown.new, reason: correction.reason)
      }, by: made.first?.officer ?? exchange.person)
    await desk.changed()
    return .json(
      ["corrections": .array(made.map { .init(correction: $0) })], status: .created)
  }

  func withdraw(_ fields: RequestFields) async throws -> Answer {
    let file = try fields.required("file", Word.file)
    let sheet = try fields.required("sheet", Word.sheet)
    let cell = try fields.required("cell", Word.cell).uppercased()
    let before = try await desk.view(exchange)
    try await desk.decisions.withdraw(file: file, sheet: sheet, cell: cell, asOf: exchange.asOf)
    await desk.changed()
    // What belongs together is taken back together: the log tells of each cell.
    let after = try? await desk.view(exchange)
    let kept = Set((after?.decided.corrections ?? []).map(\.line))
    let gone = (before.decided.corrections ?? []).filter {
      after != nil && $0.isApplied && $0.file == file && !kept.contains($0.line)
    }
    var entries = gone.map { correction in
      let shown = correction.masked(in: before.campaign)
      return LedgerEntry(
        .correctionWithdrawn, file: file, unit: correction.unit, form: correction.form,
        cell: "\(correction.sheet)!\(correction.cell?.description ?? "")", old: shown.new, new: shown.old,
        reason: fields["reason"])
    }
    if entries.isEmpty {
      entries = [
        LedgerEntry(.correctionWithdrawn, file: file, cell: "\(sheet)!\(cell)", reason: fields["reason"])
      ]
    }
    await desk.record(entries, by: fields["by"] ?? exchange.person)
    await desk.changed()
    return .json(["withdrawn": true])
  }

  func explain(_ fields: RequestFields) async throws -> Answer {
    let wanted = DecisionRegister.NewExplanation(
      unit: try fields.required("unit", Word.unit), form: fields["form"] ?? "",
      rule: try fields.required("rule", Word.rule).uppercased(), field: fields["field"] ?? "",
      cell: fields["cell"] ?? "", text: try fields.required("text", Word.text),
      officer: try fields.required("by", Word.officer))
    let made = try await desk.decisions.explain(wanted, asOf: exchange.asOf)
    await desk.record(
      [
        LedgerEntry(
          .explanation, unit: made.unit, form: made.form, cell: made.place, new: made.rule, reason: made.text)
      ], by: made.officer)
    await desk.changed()
    return .json(["note": ["line": .integer(made.line), "unit": .string(made.unit)]], status: .created)
  }

  func withdrawNote(_ fields: RequestFields) async throws -> Answer {
    guard let line = Int(try fields.required("line", LocalizedText(zh: "行号", en: "The row"))) else {
      throw Problem(.unprocessableContent, "line", zh: "行号不正确", en: "The row is no number.")
    }
    let gone = try await desk.view(exchange).decided.explanations?.first { $0.line == line }
    try await desk.decisions.withdrawExplanation(line: line, asOf: exchange.asOf)
    await desk.record(
      [
        LedgerEntry(
          .explanationWithdrawn, unit: gone?.unit, form: gone?.form, cell: gone?.place ?? String(line),
          old: gone.map { PersonalData.masked($0.text) }, new: gone?.rule, reason: fields["reason"])
      ],
      by: fields["by"] ?? exchange.person)
    await desk.changed()
    return .json(["withdrawn": true])
  }

  /// A finding that the unit itself is to mend: noted, so that two clerks do not call the same unit.
  func mark(_ fields: RequestFields) async throws -> Answer {
    let place = try Self.place(fields)
    if let mark = try await marks().places[place] {
      throw Problem(
        .conflict, "marked", zh: "\(mark.person)已于\(mark.moment(in: .chinese))记为待退回",
        en: "\(mark.person) marked it on \(mark.moment(in: .english)).")
    }
    try await note(
      LedgerEntry(
        .markedForReturn, file: place.file, unit: fields["unit"], form: fields["form"], cell: fields["cell"],
        new: fields["rule"]?.uppercased(), reason: fields["reason"]), fields)
    return .json(["marked": true], status: .created)
  }

  func withdrawMark(_ fields: RequestFields) async throws -> Answer {
    let place = try Self.place(fields)
    guard let mark = try await marks().places[place] else {
      throw Problem(
        .notFound, "no-mark", zh: "这个问题没有记为待退回，可能已经撤销",
        en: "This finding is not marked for return; the mark may have been taken back.")
    }
    try await note(
      LedgerEntry(
        .markWithdrawn, file: mark.file, unit: mark.unit, form: mark.form, cell: mark.cell, new: mark.new,
        reason: fields["reason"]), fields)
    return .json(["withdrawn": true])
  }

  private static func place(_ fields: RequestFields) throws -> ReturnMarks.Place {
    .init(
      file: try fields.required("file", Word.file), rule: fields["rule"]?.uppercased() ?? "",
      cell: fields["cell"] ?? "")
  }

  private func marks() async throws -> ReturnMarks {
    let ledger = desk.ledger.ledger
    return try await Blocking.light { try ReturnMarks(ledger) }
  }

  /// A mark is nowhere but in the ledger: where that takes nothing, nothing is marked.
  private func note(_ entry: LedgerEntry, _ fields: RequestFields) async throws {
    guard await desk.record([entry], by: fields["by"] ?? exchange.person) else {
      throw Problem(
        .conflict, "no-log", zh: "日志写不进去，没有记下；请检查文件夹的权限和磁盘空间",
        en:
          "The log cannot be written, so nothing was noted; check the folder's permissions and the disk's space."
      )
    }
    await desk.changed()
  }
}

extension JSONValue {
  init(correction: Correction) {
    self = [
      "file": .string(correction.file), "sheet": .string(correction.sheet),
      "cell": .string(orNull: correction.cell?.description),
      "field": .string(orNull: correction.field?.rawValue), "old": .string(correction.old),
      "new": correction.word.map { .string($0.text) } ?? .number(orNull: correction.value),
      "by": .string(correction.officer),
      "reason": .string(correction.reason), "line": .integer(correction.line),
    ]
  }
}
