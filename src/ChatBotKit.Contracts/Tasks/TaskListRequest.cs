namespace ChatBotKit;

/// <summary>Specifies which tasks to list.</summary>
public sealed record TaskListRequest : ListRequest
{
    /// <summary>Gets the bot that carries the tasks out. Default: any.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets the contact on whose behalf it does so. Default: any.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets what the tasks must be doing. Default: anything.</summary>
    public TaskRunStatus? Status { get; init; }
}
