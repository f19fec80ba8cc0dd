import Foundation
import XLSX

/// Turns a located form into a submission: what the unit reported, cell by cell.
public struct FormReader: Sendable {
  private let year: Int
  private let register: UnitRegister
  private let words: FormVocabulary
  private let ditto: DittoText

  public init(_ campaign: Campaign, register: UnitRegister? = nil) {
    year = campaign.year
    words = FormVocabulary(campaign)
    ditto = DittoText(campaign.words[.ditto])
    self.register = register ?? UnitRegister(campaign)
  }

  /// - Parameters:
  ///   - book: The workbook in which the form was located.
  ///   - file: The file as shown to people; says who reports where the form does not.
  public func read(_ located: LocatedForm, in book: GridBook, file: String) -> Submission {
    read(located, in: book, file: file, letter: nil)
  }

  /// - Parameter letter: The mail in which the file came; says who reports where neither form nor file does.
  func read(_ located: LocatedForm, in book: GridBook, file: String, letter: MailLetter?) -> Submission {
    guard book.grids.indices.contains(located.sheet) else {
      return Submission(file: file, sheet: "", form: located.form.id)
    }
    let grid = book.grids[located.sheet]
    var submission = Submission(file: file, sheet: grid.name, form: located.form.id)
    submission.modified = book.modified
    submission.letter = letter
    submission.received = letter?.received
    submission.shape = located.shape
    submission.head = located.head
    submission.line = located.line
    submission.titleYears = located.titleYears
    submission.titleCell = located.titleCell
    if located.list != nil {
      submission.list = list(located, in: book)
    } else {
      submission.readings = FigureReader(located, grid: grid, year: year).readings()
      submission.shape.extras = extras(of: located, grid: grid)
    }
    readHead(into: &submission, grid: grid)
    for part in located.continued where book.grids.indices.contains(part.sheet) {
      read(part, on: book.grids[part.sheet], into: &submission)
    }
    resolveUnit(of: &submission, titleLead: located.titleLead)
    return submission
  }

  /// The lines of all pages.
  private func list(_ located: LocatedForm, in book: GridBook) -> ListContent {
    var reader = ListReader(form: located.form, year: year, ditto: ditto)
    for part in [located] + located.continued where book.grids.indices.contains(part.sheet) {
      let grid = book.grids[part.sheet]
      reader.read(part, grid: grid, sheet: part.sheet == located.sheet ? nil : grid.name)
    }
    return reader.content
  }

  private func extras(of located: LocatedForm, grid: Grid) -> [FormShape.Extra] {
    ExtraFigures(located, grid: grid, words: words, neighbours: located.neighbours).extras()
  }

  /// Takes over what stands on a later sheet.
  private func read(_ part: LocatedForm, on grid: Grid, into submission: inout Submission) {
    let readings = part.list == nil ? FigureReader(part, grid: grid, year: year).readings() : []
    for (index, reading) in readings.enumerated()
    where reading.state != .missing && submission.readings[index].state == .missing {
      submission.readings[index] = reading
      submission.readings[index].sheet = grid.name
    }
    for extra in part.list == nil ? extras(of: part, grid: grid) : []
    where !submission.shape.extras.contains(where: { $0.label == extra.label }) {
      submission.shape.extras.append(extra)
    }
    var rest = submission
    rest.head = part.head.filter { submission.head[$0.key]?.raw.isEmpty ?? true }
    readHead(into: &rest, grid: grid)
    submission.unitAsWritten = submission.unitAsWritten ?? rest.unitAsWritten
    submission.filledBy = submission.filledBy ?? rest.filledBy
    submission.phone = submission.phone ?? rest.phone
    submission.filledOn = submission.filledOn ?? rest.filledOn
    for (role, line) in rest.head where !line.raw.isEmpty {
      // The cell is on another sheet.
      submission.head[role] = HeadReading(cell: nil, raw: line.raw)
    }
  }

  private func readHead(into submission: inout Submission, grid: Grid) {
    func raw(_ role: FormDefinition.HeadLine.Role) -> String? {
      submission.head[role].flatMap { $0.raw.isEmpty ? nil : $0.raw }
    }
    submission.unitAsWritten = raw(.unit).map(FootnoteMarks.stripped)
    submission.filledBy = raw(.filledBy).map(FootnoteMarks.stripped)
    submission.phone = raw(.phone)
    if let text = raw(.filledOn) {
      // A cell of its own may hold a date as a number; one of several cells holds only a part of it.
      let content = submission.head[.filledOn]?.cell.flatMap { grid.cells[$0] }
      let isNumber =
        if case .number(let number)? = content?.shown {
          content?.isDate == true || number.plainText == text
        } else { false }
      let reading =
        isNumber
        ? content.map { DateText.read($0, campaignYear: year) } : DateText.read(text, campaignYear: year)
      if case .date(let date)? = reading { submission.filledOn = date }
    }
  }

  private func resolveUnit(of submission: inout Submission, titleLead: String) {
    let written = register.match(submission.unitAsWritten ?? "")
    // A list's name says nothing about its lines.
    if submission.line != nil {
      set(written, of: &submission)
    } else if case .blank = written {
      let named = register.find(inFileName: submission.nameOfItsOwn)
      // 沁阳市总工会2024年…统计表: the title says who reports where no line does.
      let inTitle = register.match(titleLead)
      if submission.head[.unit] == nil || named.isEmpty, inTitle.unit != nil {
        submission.unitAsWritten = titleLead
        return set(inTitle, of: &submission)
      }
      if named.count == 1 {
        (submission.unit, submission.unitSource) = (named[0], .fileName)
      } else if named.count > 1 {
        submission.unitSource = .ambiguous(named.map(\.name))
      } else if let misspelt = register.findMisspelt(inFileName: submission.nameOfItsOwn) {
        (submission.unit, submission.unitSource) = (misspelt.unit, .misspelt(misspelt.written))
      } else if let letter = submission.letter {
        let senders = register.find(in: letter)
        if senders.count == 1 { (submission.unit, submission.unitSource) = (senders[0], .mail) }
        if senders.count > 1 { submission.unitSource = .ambiguous(senders.map(\.name)) }
      }
    } else {
      set(written, of: &submission)
    }
  }

  private func set(_ match: UnitMatch, of submission: inout Submission) {
    switch match {
    case .exact(let unit): (submission.unit, submission.unitSource) = (unit, .name)
    case .alias(let unit): (submission.unit, submission.unitSource) = (unit, .alias)
    case .near(let unit): (submission.unit, submission.unitSource) = (unit, .nearMatch)
    case .misspelt(let unit):
      submission.unit = unit
      submission.unitSource = .misspelt(submission.unitAsWritten ?? "")
    case .part(let whole):
      var name = whole?.name
      if whole == nil, submission.line == nil {
        var named = register.find(inFileName: submission.nameOfItsOwn)
        if named.isEmpty, let letter = submission.letter { named = register.find(in: letter) }
        if named.count == 1 { name = named[0].name }
      }
      submission.unitSource = .part(of: name)
    case .ambiguous(let units):
      let narrowed = register.narrowed(units, byFileName: submission.nameOfItsOwn)
      if narrowed.count == 1 {
        (submission.unit, submission.unitSource) = (narrowed[0], .name)
      } else {
        submission.unitSource = .ambiguous(units.map(\.name))
      }
    case .unknown(let nearest):
      (submission.unitSource, submission.nearestUnits) = (.none, nearest.map(\.name))
    case .blank: submission.unitSource = .none
    }
  }
}
