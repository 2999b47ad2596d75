namespace ChatBotKit;

/// <summary>
/// Specifies the bot that answers: a stored bot, settings of the request, or both. When both set a value, a stored
/// conversation uses that of the bot, and a stateless call uses that of the request.
/// </summary>
public abstract record BotSettings
{
    /// <summary>Gets the bot, by id or alias.</summary>
    public string? BotId { get; init; }

    /// <summary>
    /// Gets the model, optionally with settings: <c>name/temperature=0.2</c>. At most 512 bytes. Default: the server's.
    /// </summary>
    public string? Model { get; init; }

    /// <summary>Gets the instructions for the model. At most 16,777,215 bytes.</summary>
    public string? Backstory { get; init; }

    /// <summary>Gets the dataset that the model may search; "-" in a stateless call means none.</summary>
    public string? DatasetId { get; init; }

    /// <summary>Gets the skillset whose abilities the model may use; "-" in a stateless call means none.</summary>
    public string? SkillsetId { get; init; }

    /// <summary>Gets whether messages are checked for personal data. Default: no.</summary>
    public bool? Privacy { get; init; }

    /// <summary>Gets whether messages are checked for abuse. Default: no.</summary>
    public bool? Moderation { get; init; }
}
