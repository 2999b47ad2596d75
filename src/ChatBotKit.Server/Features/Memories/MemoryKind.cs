using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Memories;

internal static class MemoryKind
{
    public const string Name = "memory";

    public static ResourceReference Contact { get; } = new("contactId", "contact") { Deleted = OnTargetDeleted.Cascade };

    public static ResourceReference Bot { get; } = new("botId", "bot") { Deleted = OnTargetDeleted.Cascade };

    public static ResourceKind Create() => new ResourceKind<MemoryItem, MemoryCreateRequest, MemoryUpdateRequest>(Name, "/memory")
    {
        KeyField = null,
        ExpiresBy = "expiresAt",
        References = [Contact, Bot],
        CheckItem = static (item, check) =>
        {
            if (string.IsNullOrWhiteSpace(item.Text))
                check.Faults.Add("\"text\" may not be empty");
        },
    };
}
