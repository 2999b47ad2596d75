using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Memories;

internal static class MemoryKind
{
    public const string Name = "memory";

    public static ResourceKind Create() => new ResourceKind<MemoryItem, MemoryCreateRequest, MemoryUpdateRequest>(Name, "/memory")
    {
        KeyField = null,
        References =
        [
            new("contactId", "contact") { Deleted = OnTargetDeleted.Cascade },
            new("botId", "bot") { Deleted = OnTargetDeleted.Cascade },
        ],
        CheckItem = static (item, check) =>
        {
            if (string.IsNullOrWhiteSpace(item.Text))
                check.Faults.Add("\"text\" may not be empty");
        },
    };
}
