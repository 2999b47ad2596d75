namespace ChatBotKit;

/// <summary>The ids of reports that consist of one number. A server may have others, which its list returns.</summary>
public static class PlatformReportIds
{
    /// <summary>Counts the ratings.</summary>
    public const string TotalRatings = "clr3m5n8k000008jq7h9e5b1a";

    /// <summary>Counts the positive ratings.</summary>
    public const string ThumbsUp = "clr3m5n8k000108jq3c4d7f2b";

    /// <summary>Counts the negative ratings.</summary>
    public const string ThumbsDown = "clr3m5n8k000208jq8e5f6g3c";

    /// <summary>Counts all contacts. The report has no period.</summary>
    public const string TotalContacts = "clr3m5n8k000308jq1h7i8j4d";

    /// <summary>Counts the contacts that had conversations.</summary>
    public const string ActiveContacts = "clr3m5n8k000408jq9i8j9k5e";

    /// <summary>Counts the conversations.</summary>
    public const string TotalConversations = "clr3m5n8k000508jq2j9k0l6f";

    /// <summary>Counts the messages of every kind.</summary>
    public const string TotalMessages = "clr3m5n8k000608jq3k0l1m7g";

    /// <summary>Counts the messages of users.</summary>
    public const string UserMessages = "clr3m5n8k000708jq4l1m2n8h";

    /// <summary>Counts the messages of bots.</summary>
    public const string BotMessages = "clr3m5n8k000808jq5m2n3o9i";

    /// <summary>Counts the actions of bots.</summary>
    public const string ActivityMessages = "clr3m5n8k000908jq6n3o4p0j";

    /// <summary>Averages the messages of users per conversation.</summary>
    public const string AverageUserMessages = "clr3m5n8k000a08jq7o4p5q1k";

    /// <summary>Averages the messages of bots per conversation.</summary>
    public const string AverageBotMessages = "clr3m5n8k000b08jq8p5q6r2l";

    /// <summary>Averages the actions of bots per conversation.</summary>
    public const string AverageActions = "clr3m5n8k000c08jq9q6r7s3m";
}
