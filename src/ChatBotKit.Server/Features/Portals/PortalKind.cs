using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Portals;

internal static class PortalKind
{
    public const string Name = "portal";

    private const string Slug = "slug";

    public static ResourceKind Create() => new ResourceKind<PortalItem, PortalCreateRequest, PortalUpdateRequest>(Name, "/portal")
    {
        UniqueField = Slug,
        Normalize = static portal => portal[Slug] = HostNames.Normalize(portal[Slug]),
        CheckItem = static (item, check) =>
        {
            if (item.Slug is not null && !HostNames.IsLabel(item.Slug))
                check.Faults.Add("\"slug\" must be 1 to 63 letters, digits and hyphens, with no hyphen at its ends");
        },
    };
}
