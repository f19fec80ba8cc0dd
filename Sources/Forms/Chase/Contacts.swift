/// Whom to call about a unit's forms.
public struct Contact: Hashable, Sendable {
  public var name: String?
  public var phone: String?
  /// From which address the unit sends its mails.
  public var mail: String?

  public init(name: String? = nil, phone: String? = nil, mail: String? = nil) {
    self.name = name
    self.phone = phone
    self.mail = mail
  }

  /// Filled up from another source: a name goes with its own phone, so that nobody is asked for at another's number.
  func completed(by other: Contact) -> Contact {
    if phone != nil { return self }
    if other.phone != nil { return other }
    return name == nil ? other : self
  }
}

/// The names and phones that anything about a unit tells: its forms, used or not, then the campaign's list, then
/// last year's workbook.
struct Contacts {
  private struct Place: Hashable {
    var unit: String
    var form: String
  }

  private var own: [Place: Contact] = [:]
  private var any: [String: Contact] = [:]

  init(_ report: CheckReport, campaign: Campaign, previous: [String: Contact]) {
    // What counts comes before what was replaced or refused; of those, the later before the earlier.
    for isUsable in [true, false] {
      for submission in report.submissions.reversed() where submission.isUsable == isUsable {
        guard let unit = submission.unit else { continue }
        let contact = Contact(name: submission.filledBy, phone: submission.phone)
        let place = Place(unit: unit.code, form: submission.form)
        own[place] = own[place]?.completed(by: contact) ?? contact
        any[unit.code] = any[unit.code]?.completed(by: contact) ?? contact
      }
    }
    for source in [campaign.contacts, previous] {
      for (unit, contact) in source { any[unit] = any[unit]?.completed(by: contact) ?? contact }
    }
  }

  func contact(of unit: ReportingUnit, form: FormDefinition?) -> Contact {
    let other = any[unit.code] ?? Contact()
    guard let form else { return other }
    return own[Place(unit: unit.code, form: form.id)]?.completed(by: other) ?? other
  }
}
