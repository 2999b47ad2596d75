using System.Text;

namespace ChatBotKit.Server.Data;

/// <summary>
/// Statements that delete a resource with all that goes with it: its children, and the resources that a cascading link ties to one
/// of these. Their first value is the id of the resource.
/// </summary>
internal sealed class ResourceDeletion
{
    private readonly string _gone;

    /// <param name="cascading">The links whose resources are deleted with their targets.</param>
    public ResourceDeletion(IReadOnlyList<string> cascading)
    {
        var edges = new StringBuilder("""SELECT "Id", "ParentId" AS "Of" FROM "Resources" WHERE "ParentId" IS NOT NULL""");
        if (cascading.Count > 0)
        {
            // The names come from declarations of kinds, never from requests.
            edges.Append("""
                 UNION ALL SELECT "FromId", "ToId" FROM "ResourceLinks" WHERE "Field" IN (
                """).Append('\'').AppendJoin("', '", cascading).Append("')");
        }

        _gone = $"""
            WITH RECURSIVE gone AS (
              SELECT "Id" FROM "Resources" WHERE "Id" = $1
              UNION
              SELECT e."Id" FROM gone g JOIN ({edges}) e ON e."Of" = g."Id")
            """;
        List = $"""{_gone} SELECT r."Id", r."Kind", r."AccountId" FROM gone g JOIN "Resources" r ON r."Id" = g."Id" """;
        IncomingLinks = $"""
            {_gone} SELECT l."FromId", l."Field" FROM gone g JOIN "ResourceLinks" l ON l."ToId" = g."Id"
            WHERE l."FromId" NOT IN (SELECT "Id" FROM gone) ORDER BY l."FromId", l."Field" LIMIT $2
            """;
        Links = $"""{_gone} DELETE FROM "ResourceLinks" WHERE "FromId" IN (SELECT "Id" FROM gone)""";
        Rows = $"""{_gone} DELETE FROM "Resources" WHERE "Id" IN (SELECT "Id" FROM gone)""";
    }

    /// <summary>Id, kind and account of everything that goes.</summary>
    public string List { get; }

    /// <summary>Links from resources that stay to ones that go: from and field. The second value bounds their number.</summary>
    public string IncomingLinks { get; }

    /// <summary>Deletes the links from what goes.</summary>
    public string Links { get; }

    /// <summary>Deletes what goes; nothing may link to it any more.</summary>
    public string Rows { get; }
}
