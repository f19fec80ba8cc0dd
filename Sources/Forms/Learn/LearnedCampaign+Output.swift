import Foundation

extension LearnedCampaign {
  /// The office; `nil` where nobody said.
  public var knownOffice: String? { office == Self.unknownOffice ? nil : office }

  /// The units; none where nobody said.
  public var knownUnits: [String] { units.filter { $0 != Self.unknownUnit } }

  /// The campaign's files of text: name and content.
  public var texts: [(name: String, text: String)] { files() }

  // As JSON.

  /// What was understood; the shape is part of the contract.
  public func json(in language: Language) -> JSONValue {
    var entries: [JSONValue.Member] = [
      .init(
        "campaign",
        [
          "id": .string(id), "title": .string(title), "office": .string(office), "year": .integer(year),
        ]
      ),
      .init("forms", .array(forms.map(json))),
      .init("units", .array(knownUnits.map(JSONValue.string))),
      .init("targets", .array(targets.map(json))),
      .init(
        "documents",
        .array(
          documents.map {
            [
              "name": .string($0.name), "deadline": $0.deadline.map { .string($0.description) } ?? .null,
              "with": $0.with.map(JSONValue.string) ?? .null,
            ]
          })
      ),
      .init(
        "questions",
        .array(
          questions.map {
            [
              "question": .string($0.question.text(in: language)),
              "place": .string($0.place.text(in: language)),
              "id": .string($0.id), "kind": .string($0.kind.rawValue),
              "taken": $0.taken.map(JSONValue.string) ?? .null,
              "choices": .array($0.choices.map(JSONValue.string)),
            ]
          })
      ),
    ]
    if let changes {
      entries.append(
        .init(
          "changes",
          .array(
            changes.map {
              [
                "kind": .string($0.kind.rawValue), "name": .string($0.name),
                "old": $0.old.map(JSONValue.string) ?? .null, "new": $0.new.map(JSONValue.string) ?? .null,
              ]
            })
        ))
    }
    return .object(entries)
  }

  private func json(_ form: LearnedForm) -> JSONValue {
    [
      "id": .string(form.id), "label": .string(form.label), "kind": .string(form.kind.rawValue),
      "title": .string(form.title),
      "fields": .array(
        form.fields.map { field in
          var entries: [JSONValue.Member] = [
            .init("key", .string(field.key)), .init("type", .string(field.type.rawValue)),
            .init("measure", field.measure.map(JSONValue.string) ?? .null),
            .init("total", total(field.totals)),
          ]
          if !field.choices.isEmpty {
            entries.append(.init("choices", .array(field.choices.map(JSONValue.string))))
          }
          return .object(entries)
        }),
      "deadline": knownDeadline(form).map { .string($0.description) } ?? .null,
    ]
  }

  /// Where a row total and a column total cross, both sums.
  private func total(_ totals: [[String]]) -> JSONValue {
    func names(_ list: [String]) -> JSONValue { .array(list.map(JSONValue.string)) }
    return switch totals.count {
    case 0: .null
    case 1: names(totals[0])
    default: .array(totals.map(names))
    }
  }

  private func knownDeadline(_ form: LearnedForm) -> CalendarDate? {
    missingDeadlines.contains(form.id) ? nil : form.deadline
  }

  private func json(_ table: LearnedTargets) -> JSONValue {
    let column = table.columns.first
    let figures = column?.figures ?? []
    return [
      "label": .string(table.label), "title": .string(table.title),
      "form": table.form.map(JSONValue.string) ?? .null,
      "fields": .array(table.fields.map(JSONValue.string)),
      "units": .object(figures.map { JSONValue.Member($0.unit, .number($0.figure)) }),
      "total": .number(column?.total ?? figures.reduce(Decimal(0)) { $0 + $1.figure }),
    ]
  }

  // As text.

  /// What was understood, what changed, and what a person must confirm.
  public func text(in language: Language, folder: String?, questions file: String? = nil) -> String {
    let isChinese = language == .chinese
    var lines = [isChinese ? "已读懂：\(title)（\(office)，\(year)年）" : "Understood: \(title) (\(office), \(year))"]
    for form in forms {
      let count = form.fields.count
      let kind = isChinese ? (form.kind == .list ? "清单" : "统计表") : form.kind.rawValue
      let due = knownDeadline(form).map(\.description) ?? (isChinese ? "未写明" : "not said")
      lines.append(
        isChinese
          ? "  \(form.label)  \(form.title)：\(kind)，\(count)项，截止 \(due)"
          : "  \(form.label)  \(form.title): \(kind), \(count) fields, due \(due)")
    }
    let named = knownUnits
    lines.append(isChinese ? "  报送单位 \(named.count) 个" : "  \(named.count) reporting units")
    for table in targets {
      let form = table.form ?? (isChinese ? "未定" : "unknown")
      lines.append(
        isChinese
          ? "  \(table.label)  \(table.title)：\(form)的指标，\(table.units.count)个单位"
          : "  \(table.label)  \(table.title): targets of \(form), \(table.units.count) units")
    }
    for document in documents {
      let due = document.deadline?.description ?? ""
      lines.append(isChinese ? "  另报 \(document.name)，\(due)前" : "  also due: \(document.name), by \(due)")
    }
    if let changes {
      lines += [
        "",
        isChinese
          ? (changes.isEmpty ? "与上次相同。" : "与上次相比：") : changes.isEmpty ? "Nothing changed." : "Changes:",
      ]
      lines += changes.map { "  " + $0.text(in: language) }
    }
    if !questions.isEmpty {
      lines += ["", isChinese ? "请确认以下\(questions.count)处：" : "Please confirm \(questions.count) places:"]
      for (index, question) in questions.enumerated() {
        lines.append(
          "  \(index + 1). \(question.question.text(in: language))（\(question.place.text(in: language))）")
        if !question.id.hasPrefix("notes/") {
          lines.append("     " + (isChinese ? "回答：" : "answer: ") + question.id)
        }
      }
    }
    if let file, !questions.isEmpty {
      lines += [
        "",
        isChinese
          ? "问题已写入 \(file)，填好回答后加 --answers \(file) 再运行一次。"
          : "The questions are in \(file); fill it in and run this again with --answers \(file).",
      ]
    }
    if let folder {
      lines += [
        "",
        isChinese
          ? "活动已写入 \(folder)，改动在其中的 campaign.yaml 和各表的 .yaml 里写。"
          : "The campaign is in \(folder); changes go into campaign.yaml and the forms' .yaml there.",
      ]
    }
    return lines.joined(separator: "\n")
  }
}
