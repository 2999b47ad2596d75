using ChatBotKit.AdminConsole.Web;

namespace ChatBotKit.AdminConsole.ToolServers;

/// <summary>An integration that offers the abilities of a skillset to other programs.</summary>
/// <param name="Id">The id.</param>
/// <param name="Fields">The settings.</param>
/// <param name="AccessToken">The token of callers; null when the server does not show it.</param>
/// <param name="UpdatedAt">When it was changed.</param>
public sealed record ToolServer(string Id, ToolServerFields Fields, string? AccessToken, DateTimeOffset UpdatedAt)
{
    /// <summary>Gets the name for people.</summary>
    public string Title => Fields.Name.Or(Id);

    /// <summary>Writes the id. Logs print records, and the token is a credential.</summary>
    public override string ToString() => Id;
}

/// <summary>The settings of such an integration as its form has them. An empty text is none.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">The description.</param>
/// <param name="SkillsetId">The skillset whose abilities are offered.</param>
public sealed record ToolServerFields(string? Name, string? Description, string? SkillsetId)
{
    internal static ToolServerFields From(Form form) => new(form.Text("name"), form.Text("description"), form.Text("skillset"));
}

/// <summary>The form of such an integration.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Fields">The content of the fields.</param>
/// <param name="Skillsets">The newest skillsets.</param>
public sealed record ToolServerForm(ToolServerKind Kind, ToolServerFields Fields, IReadOnlyList<SkillsetItem> Skillsets)
{
    /// <summary>Gets the stored integration; null for a new one.</summary>
    public ToolServer? Server { get; init; }

    /// <summary>Gets the number of abilities of its skillset that callers get; null when it has no skillset.</summary>
    public int? Abilities { get; init; }

    /// <summary>Gets whether the page shows the token of callers.</summary>
    public bool ShowsToken { get; init; }

    /// <summary>Gets why it was not saved.</summary>
    public Failure? Failure { get; init; }
}
