namespace ChatBotKit.Server.Resources;

/// <summary>The operations of a kind of resources.</summary>
internal enum ResourceVerb
{
    Create,
    List,
    Export,
    Fetch,
    Update,
    Delete,
    Clone,
    Upvote,
    Downvote,
}
