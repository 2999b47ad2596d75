using ChatBotKit.Server.Data;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Spaces;

internal static class SpaceKind
{
    public const string Name = "space";

    public static ResourceKind Create() => new ResourceKind<SpaceItem, SpaceCreateRequest, SpaceUpdateRequest>(Name, "/space")
    {
        References = [new("contactId", "contact")],
        NamedBy = [ConversationTable.Space],
        OnRemoval = static (db, deletion, now) => db.RemoveContentsAsync(deletion.Id, deletion.AccountId, now),
    };
}
