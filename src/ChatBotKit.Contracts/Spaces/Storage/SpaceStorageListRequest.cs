using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies which files and folders to list.</summary>
public sealed record SpaceStorageListRequest
{
    /// <summary>Gets whether folders are entered. Default: no.</summary>
    public bool? Recursive { get; init; }
}

/// <summary>Files and folders of a space.</summary>
public sealed record SpaceStorageListResponse : ApiObject
{
    /// <summary>Gets the files and folders.</summary>
    public required IReadOnlyList<SpaceStorageItem> Items { get; init; }

    /// <summary>Gets the mark of what was left out; null when all is here, as it mostly is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NextToken { get; init; }
}
