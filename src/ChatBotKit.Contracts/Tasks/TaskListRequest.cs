namespace ChatBotKit;

/// <summary>Specifies which tasks to list.</summary>
public sealed record TaskListRequest : ListRequest
{
    /// <summary>Gets the bot that carries out the tasks. Default: any.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets the contact on whose behalf the tasks are carried out. Default: any.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets the status of the tasks to list. Default: any.</summary>
    public TaskRunStatus? Status { get; init; }
}
