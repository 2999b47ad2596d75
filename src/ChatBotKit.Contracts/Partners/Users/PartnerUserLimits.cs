namespace ChatBotKit;

/// <summary>The usage and storage limits of a user of a partner. A field that is null is limited by the plan only.</summary>
public sealed record PartnerUserLimits
{
    /// <summary>Gets the maximum number of weighted tokens in a period.</summary>
    public long? Tokens { get; init; }

    /// <summary>Gets the maximum number of conversations in a period.</summary>
    public long? Conversations { get; init; }

    /// <summary>Gets the maximum number of messages in a period.</summary>
    public long? Messages { get; init; }

    /// <summary>Gets how much may be stored.</summary>
    public PartnerUserDatabaseLimits? Database { get; init; }
}

/// <summary>The storage limits of a user of a partner. A field that is null is limited by the plan only.</summary>
public sealed record PartnerUserDatabaseLimits
{
    /// <summary>Gets the maximum number of datasets.</summary>
    public long? Datasets { get; init; }

    /// <summary>Gets the maximum number of records, of all datasets together.</summary>
    public long? Records { get; init; }

    /// <summary>Gets the maximum number of skillsets.</summary>
    public long? Skillsets { get; init; }

    /// <summary>Gets the maximum number of abilities, of all skillsets together.</summary>
    public long? Abilities { get; init; }

    /// <summary>Gets the maximum number of files.</summary>
    public long? Files { get; init; }
}
