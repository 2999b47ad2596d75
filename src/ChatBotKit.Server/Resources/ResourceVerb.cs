namespace ChatBotKit.Server.Resources;

/// <summary>What can be done with resources of a kind.</summary>
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
