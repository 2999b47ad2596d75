namespace ChatBotKit;

/// <summary>The most that a user of a partner may use and store. What is null is limited by the plan alone.</summary>
public sealed record PartnerUserLimits
{
    /// <summary>Gets the most weighted tokens of a period.</summary>
    public long? Tokens { get; init; }

    /// <summary>Gets the most conversations of a period.</summary>
    public long? Conversations { get; init; }

    /// <summary>Gets the most messages of a period.</summary>
    public long? Messages { get; init; }

    /// <summary>Gets how much may be stored.</summary>
    public PartnerUserDatabaseLimits? Database { get; init; }
}

/// <summary>The most that a user of a partner may store. What is null is limited by the plan alone.</summary>
public sealed record PartnerUserDatabaseLimits
{
    /// <summary>Gets the most datasets.</summary>
    public long? Datasets { get; init; }

    /// <summary>Gets the most records, of all datasets together.</summary>
    public long? Records { get; init; }

    /// <summary>Gets the most skillsets.</summary>
    public long? Skillsets { get; init; }

    /// <summary>Gets the most abilities, of all skillsets together.</summary>
    public long? Abilities { get; init; }

    /// <summary>Gets the most files.</summary>
    public long? Files { get; init; }
}
