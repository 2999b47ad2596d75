using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies which audit records to list, newest first by default.</summary>
public sealed record SessionAuditListRequest : ListRequest
{
    /// <summary>Gets the session. Default: any.</summary>
    public string? SessionId { get; init; }

    /// <summary>Gets the conversation. Default: any.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the actions to list. Default: any.</summary>
    public SessionAuditType? Type { get; init; }
}

/// <summary>Describes the result of a verification of the chain of audit records.</summary>
public sealed record SessionAuditVerification : ApiObject
{
    /// <summary>Gets whether every record has the correct number, hash and previous hash.</summary>
    public required bool Valid { get; init; }

    /// <summary>Gets how many records there are.</summary>
    public required long Records { get; init; }

    /// <summary>
    /// Gets the hash of the last record. When you keep it elsewhere, it later proves that no record was removed from the
    /// end.
    /// </summary>
    public string? Head { get; init; }

    /// <summary>Gets the number of the first record that does not match; null when all match.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? BrokenAt { get; init; }
}
