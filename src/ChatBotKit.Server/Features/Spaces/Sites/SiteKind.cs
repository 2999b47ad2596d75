using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Spaces.Sites;

internal static class SiteKind
{
    public const string Name = "site";

    private const string Domain = "domain";
    private const string Slug = "slug";

    /// <summary>The first labels of host names that are reserved for the server itself.</summary>
    private static readonly string[] Reserved = ["admin", "api", "app", "mail", "www"];

    public static ResourceKind Create() =>
        new ResourceKind<SpaceSiteItem, SpaceSiteCreateRequest, SpaceSiteUpdateRequest>(Name, "/space/{spaceId}/site")
        {
            Parent = SpaceKind.Name,
            OtherNames = new Dictionary<string, string> { [Slug] = Domain },
            UniqueField = Slug,
            Defaults = new() { ["index"] = "index.html", ["notFound"] = "404.html" },
            Limits = new Dictionary<string, int> { [Domain] = HostNames.MaxLength, ["prefix"] = 1024, ["index"] = 256, ["notFound"] = 256 },
            Normalize = static site =>
            {
                site[Domain] = HostNames.Normalize(site[Domain]);
                site[Slug] = HostNames.FirstLabel(site[Domain]);
            },
            CheckItem = static (item, check) =>
            {
                if (!HostNames.IsHost(item.Domain))
                    check.Faults.Add("\"domain\" must be the name of a host, or the first part of one: letters, digits and hyphens between dots");
                else if (Reserved.Contains(item.Slug))
                    check.Faults.Add($"\"domain\" may not begin with {item.Slug}, which is reserved");
                if (item.Index is "")
                    check.Faults.Add("\"index\" may not be empty");
                if (item.NotFound is "")
                    check.Faults.Add("\"notFound\" may not be empty");
            },
        };
}
