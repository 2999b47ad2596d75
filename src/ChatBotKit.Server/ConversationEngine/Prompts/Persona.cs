namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The settings of a conversation, of a stateless request or of a bot. A setting that is null or empty is not set.</summary>
/// <param name="Model">The model string.</param>
/// <param name="Backstory">The instructions for the model.</param>
internal sealed record Persona(string? Model = null, string? Backstory = null)
{
    /// <summary>The value that means no dataset or skillset, not even that of the bot.</summary>
    public const string NoReference = "-";

    public static Persona Empty { get; } = new();

    public string? DatasetId { get; init; }

    public string? SkillsetId { get; init; }

    public bool? Privacy { get; init; }

    public bool? Moderation { get; init; }

    /// <summary>Returns these settings, completed by those of the bot.</summary>
    public Persona Over(Persona bot) => new(Or(Model, bot.Model), Or(Backstory, bot.Backstory))
    {
        DatasetId = ReferenceOr(DatasetId, bot.DatasetId),
        SkillsetId = ReferenceOr(SkillsetId, bot.SkillsetId),
        Privacy = Privacy ?? bot.Privacy,
        Moderation = Moderation ?? bot.Moderation,
    };

    private static string? Or(string? own, string? bots) => string.IsNullOrEmpty(own) ? bots : own;

    private static string? ReferenceOr(string? own, string? bots) => own == NoReference ? null : Or(own, bots);
}
