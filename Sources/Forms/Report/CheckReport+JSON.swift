import Foundation

extension CheckReport {
  /// The report as `check --format json` prints it: the keys, their order and their meaning are the command line's
  /// contract.
  ///
  /// - Parameter campaign: Gives each form's fields and their order. A form that it does not know is printed with the
  ///   fields that were read.
  public func json(campaign: Campaign, language: Language) -> JSONValue {
    let all = allFindings
    let object: JSONValue = [
      "campaign": .string(self.campaign),
      "asOf": .string(asOf.description),
      "files": .array(files.map { $0.json(language: language) }),
      "submissions": .array(
        submissions.map { submission in
          submission.json(form: campaign.forms.first { $0.id == submission.form }, language: language)
        }),
      "findings": .array(fileFindings.map { $0.freeJSON(language: language) }),
      "summary": [
        "files": .integer(files.count), "submissions": .integer(submissions.count),
        "errors": .integer(all.count(.error)), "warnings": .integer(all.count(.warning)),
        "infos": .integer(all.count(.info)),
      ],
    ]
    return object.adding(decisions(language: language))
  }

  /// What became of the lists of decisions that were given: keys that are there only with the option.
  func decisions(language: Language) -> [JSONValue.Member] {
    guard let explanations else { return [] }
    return [.init("notes", .array(explanations.map { $0.json(language: language) }))]
  }

  /// What is wrong with whole files, each with its file's name, and with no file at all.
  var fileFindings: [Finding] {
    files.flatMap { file in
      file.findings.map { finding in
        var finding = finding
        finding.file = finding.file ?? file.file
        return finding
      }
    } + findings
  }
}

extension InputFile {
  func json(language: Language) -> JSONValue {
    [
      "file": .string(file), "state": .string(state.rawValue), "reason": .string(reason.text(in: language)),
      "format": .string(format.rawValue),
    ]
  }
}

extension Submission {
  func json(form: FormDefinition?, language: Language) -> JSONValue {
    let keys = form?.fields.map(\.key) ?? readings.map(\.field)
    let byField = Dictionary(readings.map { ($0.field, $0) }, uniquingKeysWith: { first, _ in first })
    var values: [JSONValue.Member] = []
    var cells: [JSONValue.Member] = []
    for key in keys {
      let reading = byField[key]
      values.append(.init(key.rawValue, .number(orNull: reading?.figure)))
      if let cell = reading?.cell { cells.append(.init(key.rawValue, .string(cell.description))) }
    }
    return [
      "file": .string(file), "sheet": .string(sheet), "form": .string(self.form),
      "unit": .string(orNull: unit?.name), "unitAsWritten": .string(orNull: unitAsWritten),
      "filledOn": .string(orNull: filledOn?.description), "filledBy": .string(orNull: filledBy),
      "phone": .string(orNull: phone),
      "values": .object(values),
      "cells": .object(cells),
      "derived": .object(keys.compactMap { key in derived[key].map { .init(key.rawValue, .number($0)) } }),
      "findings": .array(findings.inOrder().map { $0.json(language: language) }),
    ]
  }
}

extension Finding {
  /// A finding below its submission: always the same keys.
  func json(language: Language) -> JSONValue {
    let object: JSONValue = [
      "rule": .string(rule), "severity": .string(severity.rawValue), "sheet": .string(orNull: sheet),
      "cell": .string(orNull: cell?.description), "field": .string(orNull: field?.rawValue),
      "message": .string(message.text(in: language)), "found": found?.json ?? .null,
      "expected": .number(orNull: expected), "candidates": .array(candidates.map(\.json)),
    ]
    return object.adding(noteMembers)
  }

  /// The key `note`, only where a 说明 releases the finding.
  private var noteMembers: [JSONValue.Member] {
    note.map { [.init("note", ["text": .string($0.text), "by": .string($0.officer)])] } ?? []
  }

  /// A finding that hangs at no submission: it says itself which file, form and unit it is about, and leaves out what
  /// does not apply.
  func freeJSON(language: Language) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("rule", .string(rule)), .init("severity", .string(severity.rawValue)),
    ]
    func add(_ key: String, _ text: String?) {
      if let text { members.append(.init(key, .string(text))) }
    }
    add("file", file)
    add("form", form)
    add("unit", unit)
    add("sheet", sheet)
    add("cell", cell?.description)
    add("field", field?.rawValue)
    add("message", message.text(in: language))
    if let found { members.append(.init("found", found.json)) }
    if let expected { members.append(.init("expected", .number(expected))) }
    if !candidates.isEmpty { members.append(.init("candidates", .array(candidates.map(\.json)))) }
    return .object(members + noteMembers)
  }
}

extension Finding.Value {
  var json: JSONValue {
    switch self {
    case .figure(let figure): .number(figure)
    case .text(let text): .string(text)
    }
  }
}

extension Finding.Candidate {
  var json: JSONValue { ["field": .string(field.rawValue), "value": .number(value), "why": .string(why)] }
}
