using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies which audit records to list, newest first by default.</summary>
public sealed record SessionAuditListRequest : ListRequest
{
    /// <summary>Gets the session. Default: any.</summary>
    public string? SessionId { get; init; }

    /// <summary>Gets the conversation. Default: any.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets what was done. Default: anything.</summary>
    public SessionAuditType? Type { get; init; }
}

/// <summary>Specifies what a look over the chain of audit records has shown.</summary>
public sealed record SessionAuditVerification : ApiObject
{
    /// <summary>Gets whether every record has its number, its hash and the hash of the one before.</summary>
    public required bool Valid { get; init; }

    /// <summary>Gets how many records there are.</summary>
    public required long Records { get; init; }

    /// <summary>
    /// Gets the hash of the last record. Kept elsewhere, it proves later that no record was cut off the end.
    /// </summary>
    public string? Head { get; init; }

    /// <summary>Gets the number of the first record that is not right; null when all are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? BrokenAt { get; init; }
}
