namespace ChatBotKit.AdminConsole.Automations;

/// <summary>An integration that works by itself.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name; the id when there is none.</param>
/// <param name="Fields">The settings.</param>
/// <param name="Facts">The facts about its work.</param>
/// <param name="UpdatedAt">When it was changed.</param>
public sealed record Automation(string Id, string Name, AutomationFields Fields, IReadOnlyList<AutomationFact> Facts, DateTimeOffset UpdatedAt)
{
    /// <summary>Gets the token of its callers; null when it has none.</summary>
    public string? Secret { get; init; }

    /// <summary>Writes the id. Logs print records, and the token is a credential.</summary>
    public override string ToString() => Id;
}

/// <summary>A fact about the work of an automation.</summary>
/// <param name="Name">The name of the fact.</param>
/// <param name="Text">The text; used when there is no time.</param>
public sealed record AutomationFact(string Name, string Text)
{
    /// <summary>Gets the time.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Gets whether it is a fault.</summary>
    public bool IsBad { get; init; }

    internal static AutomationFact When(string name, DateTimeOffset? at) => new(name, "never") { At = at };
}

/// <summary>A result of an automation.</summary>
/// <param name="At">When it was made.</param>
/// <param name="Text">The content, as JSON.</param>
/// <param name="ConversationId">The conversation that it was made of.</param>
public sealed record AutomationResult(DateTimeOffset? At, string Text, string? ConversationId);

/// <summary>The form of an automation.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Fields">The content of the fields.</param>
/// <param name="Bots">The bots to choose from.</param>
/// <param name="Datasets">The datasets to choose from.</param>
public sealed record AutomationForm(
    AutomationKind Kind, AutomationFields Fields, IReadOnlyList<(string Value, string Text)> Bots, IReadOnlyList<(string Value, string Text)> Datasets)
{
    /// <summary>Gets the stored integration; null for a new one.</summary>
    public Automation? Automation { get; init; }

    /// <summary>Gets the newest results.</summary>
    public IReadOnlyList<AutomationResult> Results { get; init; } = [];

    /// <summary>Gets whether the page shows the token of callers.</summary>
    public bool ShowsSecret { get; init; }

    /// <summary>Gets why something was not done.</summary>
    public Web.Failure? Failure { get; init; }
}
