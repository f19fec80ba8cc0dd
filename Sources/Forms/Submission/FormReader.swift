import Foundation
import XLSX

/// Turns a located form into a submission: what the unit reported, cell by cell.
public struct FormReader: Sendable {
  private let year: Int
  private let register: UnitRegister

  public init(_ campaign: Campaign, register: UnitRegister? = nil) {
    year = campaign.year
    self.register = register ?? UnitRegister(campaign)
  }

  /// - Parameters:
  ///   - book: The workbook in which the form was located.
  ///   - file: The file as shown to people; says who reports where the form does not.
  public func read(_ located: LocatedForm, in book: GridBook, file: String) -> Submission {
    guard book.grids.indices.contains(located.sheet) else {
      return Submission(file: file, sheet: "", form: located.form.id)
    }
    let grid = book.grids[located.sheet]
    var submission = Submission(file: file, sheet: grid.name, form: located.form.id)
    submission.modified = book.modified
    submission.shape = located.shape
    submission.head = located.head
    submission.readings = FigureReader(located, grid: grid, year: year).readings()
    readHead(into: &submission, grid: grid)
    resolveUnit(of: &submission, titleLead: located.titleLead)
    return submission
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
    if case .blank = written {
      let named = register.find(inFileName: submission.file)
      // 沁阳市总工会2024年…统计表: the title says who reports where no line does.
      if submission.head[.unit] == nil || named.isEmpty, let unit = register.match(titleLead).unit {
        submission.unitAsWritten = titleLead
        return set(register.match(unit.name), of: &submission)
      }
      if named.count == 1 {
        (submission.unit, submission.unitSource) = (named[0], .fileName)
      } else if named.count > 1 {
        submission.unitSource = .ambiguous(named.map(\.name))
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
    case .ambiguous(let units):
      let narrowed = register.narrowed(units, byFileName: submission.file)
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
