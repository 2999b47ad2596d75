using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A report that can be generated.</summary>
public sealed record PlatformReportItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what the report shows.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the report was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the report was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
