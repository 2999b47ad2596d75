using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies which files and folders to list.</summary>
public sealed record SpaceStorageListRequest
{
    /// <summary>Gets whether subfolders are listed too. Default: no.</summary>
    public bool? Recursive { get; init; }
}

/// <summary>Files and folders of a space.</summary>
public sealed record SpaceStorageListResponse : ApiObject
{
    /// <summary>Gets the files and folders.</summary>
    public required IReadOnlyList<SpaceStorageItem> Items { get; init; }

    /// <summary>Gets a token that shows that entries were left out; null when the list is complete, which is the usual case.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NextToken { get; init; }
}
