/// What of a sheet's model is changed by merging it into the elements around the cells.
struct SheetSettings: Equatable {
  var view: SheetView
  var pageSetup: PageSetup
  var protection: SheetProtection?
  var tabColor: Color?
  var autoFilter: CellRange?
  var merges: Set<CellRange>

  init(_ content: SheetContent) {
    view = content.view
    // What freezes nothing is no pane.
    if view.frozenAt == "A1" { view.frozenAt = nil }
    pageSetup = content.pageSetup.ofSheetPart
    protection = content.protection
    tabColor = content.tabColor
    autoFilter = content.autoFilter
    merges = Set(content.merges)
  }
}

/// The settings of a sheet before and after a change.
struct SheetSettingsChange {
  let old: SheetSettings
  let new: SheetSettings
  /// Validations that change or go; new ones are added to the list afterwards.
  let validations: ValidationChanges
  private let formats: ConditionalFormatEditing
  private let sparklines: SparklineEditing
  /// All sparklines as the file will have them.
  private let allSparklines: [SparklineGroup]
  /// The cells of all conditional formats, in their order.
  private let formatRanges: [[CellRange]]

  /// `nil` if nothing differs.
  init?(from old: SheetContent, to new: SheetContent, validations: ValidationChanges) {
    self.old = SheetSettings(old)
    self.new = SheetSettings(new)
    self.validations = validations
    formats = ConditionalFormatEditing(from: old.conditionalFormats, to: new.conditionalFormats)
    formatRanges = new.conditionalFormats.map(\.ranges)
    sparklines = SparklineEditing(from: old.sparklines, to: new.sparklines)
    allSparklines = ObjectChanges(from: old.sparklines, to: new.sparklines).all
    if self.old == self.new, validations.changed.isEmpty, formats.isEmpty, sparklines.isEmpty { return nil }
  }

  /// Makes the change in a sheet's part.
  ///
  /// - Parameter differential: Gives what a conditional format sets its number in the file.
  /// - Throws: ``XLSXError/Code/unsupportedChange`` for what stands in the way, and if the part does not read as it should
  ///   afterwards: nothing is lost in silence.
  func apply(
    sheet: String, part: String, workbookPart: String, to changes: inout PackageEdits,
    differential: (ConditionalFormat.Appearance) throws -> Int
  ) throws {
    var markup = try SheetMarkup(try changes.bytes(of: part), sheet: sheet, part: part)
    if old.view != new.view {
      try SheetViewEditing(old: old.view, new: new.view).apply(to: &markup)
      try changes.change(workbookPart) { $0.changeWindows() }
    }
    if old.pageSetup != new.pageSetup {
      try PrintEditing(old: old.pageSetup, new: new.pageSetup).apply(to: &markup)
    }
    if old.protection != new.protection {
      try ProtectionEditing(old: old.protection, new: new.protection).apply(to: &markup)
    }
    if old.tabColor != new.tabColor {
      try markup.change("sheetPr") { properties in
        properties.remove("tabColor")
        guard let color = new.tabColor,
          let element = MarkupElement(
            prefix: properties.prefix, { ColorXML.append(color, "tabColor", to: &$0) })
        else { return }
        properties.insert(element, order: SheetMarkup.propertiesOrder)
      }
    }
    if old.autoFilter != new.autoFilter {
      try FilterEditing(old: old.autoFilter, new: new.autoFilter).apply(to: &markup)
    }
    try MergeEditing.remove(old.merges.subtracting(new.merges), from: &markup)
    try validations.apply(to: &markup)
    try formats.apply(to: &markup, differential: differential)
    try sparklines.apply(to: &markup)
    try check(markup, limits: changes.package.limits)
    changes.set(part, markup.root.bytes)
  }

  /// Reads the part again, as far as it was changed.
  private func check(_ markup: SheetMarkup, limits: Limits) throws {
    let parts = SheetParts()
    let parser = try XMLPushParser(
      part: markup.part, limits: limits,
      handler: XMLWalker(part: markup.part, visit: parts.visit, collected: parts.take))
    try markup.root.emptying("sheetData").bytes.withUnsafeBytes { try parser.feed($0) }
    try parser.finish()
    // What is added is not there yet.
    var wanted = new
    wanted.merges.formIntersection(old.merges)
    guard SheetSettings(parts.content) == wanted,
      parts.content.validations.map(\.ranges) == validations.remainingRanges,
      formats.isEmpty
        || parts.conditionalFormats.sorted(by: { $0.priority < $1.priority }).map(\.format.ranges)
          == formatRanges,
      sparklines.isEmpty || parts.content.sparklines == allSparklines
    else { throw markup.refusal("settings in an unusual form, which") }
  }
}
