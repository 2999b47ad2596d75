namespace ChatBotKit.Server.Features.Skillsets.Abilities.Execution;

/// <summary>The limits of abilities.</summary>
internal sealed record AbilityOptions
{
    /// <summary>How long a call may take. An action that waits longer is cut off, even if it ignores its token.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the listing of the functions of an ability may take.</summary>
    public TimeSpan ListLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The maximum number of characters of a result as JSON. A longer one is cut, with a note for the model.</summary>
    public int MaxResultCharacters { get; init; } = 100_000;

    /// <summary>The maximum number of abilities of a skillset that runs use. Further ones are left out.</summary>
    public int MaxAbilities { get; init; } = 100;
}
