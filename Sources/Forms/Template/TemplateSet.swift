import Foundation
import XLSX

/// The blank workbooks that an office hands out: which ones, under which names, written all or none.
public struct TemplateSet {
  /// For whom the forms are.
  public enum Recipients {
    /// The generic forms, 填报单位 left open.
    case anyone
    /// One unit, its name filled in.
    case unit(ReportingUnit)
    /// Every unit that owes the form, each with a workbook of its own.
    case everyUnit
  }

  /// One workbook of the set.
  private struct Item {
    var name: String
    /// The forms in it, a sheet each; empty for a table of targets.
    var forms: [FormDefinition]
    var build: () throws -> Workbook
  }

  private let campaign: Campaign

  public init(_ campaign: Campaign) { self.campaign = campaign }

  /// Writes blank forms.
  ///
  /// - Parameters:
  ///   - path: A folder, made if it is not there, that gets a workbook for each form and unit (`附件2.xlsx`,
  ///     `附件2_01沁阳市总工会.xlsx`); or, unless ``Recipients/everyUnit`` is asked for, a file ending in `.xlsx` that gets
  ///     all forms, a sheet each.
  /// - Returns: The files written.
  /// - Throws: ``FormsError`` of code `output` if something cannot be written, or if a file of that name holds figures
  ///   that somebody filled in; nothing is changed then.
  public func write(_ forms: [FormDefinition], for recipients: Recipients, to path: URL) throws -> [URL] {
    guard Self.isWorkbook(path) else {
      return try write(forms.flatMap { items($0, for: recipients) }, toFolder: path)
    }
    switch recipients {
    case .anyone: return try write(Item(name: "", forms: forms) { try book(forms, unit: nil) }, to: path)
    case .unit(let unit):
      return try write(Item(name: "", forms: forms) { try book(forms, unit: unit) }, to: path)
    case .everyUnit:
      throw FormsError(
        .output,
        LocalizedText(
          zh: "各单位的表要写入文件夹，不能写入一个文件", en: "the forms of all units go into a folder, not into one file"),
        file: path.relativePath)
    }
  }

  /// Writes a table of targets, to a file ending in `.xlsx` or into a folder (`附件1.xlsx`).
  ///
  /// - Throws: As ``write(_:for:to:)``.
  public func write(_ table: TargetTable, to path: URL) throws -> [URL] {
    let item = Item(name: Self.fileName(table.label), forms: []) {
      try TargetSheet.workbook(for: table, campaign: campaign)
    }
    return Self.isWorkbook(path) ? try write(item, to: path) : try write([item], toFolder: path)
  }

  // What is in the set.

  private func items(_ form: FormDefinition, for recipients: Recipients) -> [Item] {
    switch recipients {
    case .anyone: [item(form, unit: nil)]
    case .unit(let unit): [item(form, unit: unit)]
    case .everyUnit: campaign.units(owing: form).map { item(form, unit: $0) }
    }
  }

  private func item(_ form: FormDefinition, unit: ReportingUnit?) -> Item {
    Item(name: fileName(form, unit: unit), forms: [form]) { try book([form], unit: unit) }
  }

  private func book(_ forms: [FormDefinition], unit: ReportingUnit?) throws -> Workbook {
    let blanks = forms.map { campaign.blanks[$0.id] }
    if let blank = blanks.first ?? nil, blanks.allSatisfy({ $0 == blank }) {
      return try blank.workbook(for: forms, unit: unit)
    }
    guard blanks.allSatisfy({ $0 == nil }) else {
      throw FormsError(
        .output,
        LocalizedText(
          zh: "有的表用机关自己的空白表，几张表不能写进一个文件；请写到文件夹，或用 --form 一张一张写",
          en:
            "some forms have a blank workbook of the office's own and cannot share a file; write to a folder, or form by form with --form"
        ))
    }
    return try BlankForm.workbook(for: forms, campaign: campaign, unit: unit)
  }

  /// `附件2_01沁阳市总工会.xlsx`: the number keeps the campaign's order in a list of files.
  private func fileName(_ form: FormDefinition, unit: ReportingUnit?) -> String {
    guard let unit else { return Self.fileName(form.label) }
    let reporting = campaign.units.filter { !campaign.outsideUnits.contains($0.code) }
    let digits = max(2, String(reporting.count).count)
    let number =
      reporting.firstIndex { $0.code == unit.code }.map { index in
        let text = String(index + 1)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
      } ?? ""
    return Self.fileName(form.label + "_" + number + unit.name)
  }

  private static func fileName(_ text: String) -> String {
    OutputPlace.fileName(text) + ".xlsx"
  }

  private static func isWorkbook(_ path: URL) -> Bool {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path.path, isDirectory: &isFolder), isFolder.boolValue {
      return false
    }
    return path.pathExtension.lowercased() == "xlsx"
  }

  // Writing.

  private func write(_ item: Item, to file: URL) throws -> [URL] {
    try write([(file, item)], folder: file.deletingLastPathComponent())
  }

  private func write(_ items: [Item], toFolder folder: URL) throws -> [URL] {
    try write(items.map { (folder.appendingPathComponent($0.name), $0) }, folder: folder)
  }

  private func write(_ items: [(file: URL, item: Item)], folder: URL) throws -> [URL] {
    let batch = OutputBatch()
    var taken: Set<String> = []
    var files: [URL] = []
    try batch.makeFolder(folder.path)
    for (file, item) in items {
      var file = file
      var number = 2
      while !taken.insert(file.path.lowercased()).inserted {
        let stem = file.deletingPathExtension().lastPathComponent
        file = folder.appendingPathComponent("\(stem)（\(number)）.xlsx")
        number += 1
      }
      if FileManager.default.fileExists(atPath: file.path) {
        try FilledForms.refuseToOverwrite(file, forms: item.forms, blank: blankSheets(of: item))
      }
      try batch.write(item.build(), to: file.path)
      files.append(file)
    }
    try batch.commit()
    return files
  }
}

extension TemplateSet {
  /// What the office's own blank has in its cells, to tell it from one that was filled in.
  private func blankSheets(of item: Item) throws -> Workbook? {
    guard let form = item.forms.first, campaign.blanks[form.id] != nil else { return nil }
    return try item.build()
  }
}

/// Guards figures that somebody filled into a blank form against a new blank form of the same name.
private enum FilledForms {
  static func refuseToOverwrite(_ file: URL, forms: [FormDefinition], blank: Workbook?) throws {
    guard let book = try? Workbook(contentsOf: file) else {
      throw refusal(file, zh: "已有同名文件，且不是空白表", en: "a file of that name is there and is no blank form")
    }
    if let blank {
      for position in blank.sheets.indices {
        let new = try blank.sheet(at: position)
        guard let old = try? book.sheet(named: new.name) else {
          throw refusal(file, zh: "已有同名文件，且不是空白表", en: "a file of that name is there and is no blank form")
        }
        guard let used = old.usedRange else { continue }
        for row in used.rows {
          for column in used.columns {
            let cell = CellReference(row: row, column: column)
            if !old[cell].isEmpty, new[cell].isEmpty {
              throw refusal(
                file, zh: "已有同名文件，且已填有数据", en: "a file of that name is there and has figures in it")
            }
          }
        }
      }
      return
    }
    for form in forms {
      // Renamed or damaged, the form's sheet may hold figures that cannot be seen: then the file stays as it is.
      guard let sheet = try? book.sheet(named: form.label) else {
        throw refusal(file, zh: "已有同名文件，且不是空白表", en: "a file of that name is there and is no blank form")
      }
      let geometry = FormGeometry(form)
      for field in form.fields where field.isInput && !sheet[geometry.cell(of: field)].isEmpty {
        throw refusal(file, zh: "已有同名文件，且已填有数据", en: "a file of that name is there and has figures in it")
      }
    }
  }

  private static func refusal(_ file: URL, zh chinese: String, en english: String) -> FormsError {
    FormsError(
      .output,
      LocalizedText(
        zh: chinese + "，不会覆盖；请改写到别的文件夹", en: english + "; it is not overwritten, choose another folder"),
      file: file.relativePath)
  }
}
