using System.Text;

namespace ChatBotKit.Server.Data;

/// <summary>A stored resource.</summary>
internal sealed record ResourceRow
{
    public required string Id { get; init; }

    /// <summary>The kind, such as <c>bot</c>.</summary>
    public required string Kind { get; init; }

    public required string AccountId { get; init; }

    /// <summary>The id of the resource that this one is part of; null for most kinds.</summary>
    public string? ParentId { get; init; }

    /// <summary>A second unique key, such as an alias; null for none.</summary>
    public string? Key { get; init; }

    /// <summary>The version, which each change increments.</summary>
    public long Version { get; init; } = 1;

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; init; }

    /// <summary>The document: the item's JSON in UTF-8, without id and times. Credentials in it are masked.</summary>
    public required byte[] Data { get; init; }

    /// <summary>The credentials, each encrypted; null for none.</summary>
    public byte[]? Secrets { get; init; }
}

/// <summary>The tables of resources and of the links between them.</summary>
internal static class ResourceTable
{
    public static SqlTable<ResourceRow> Rows { get; } = new(
        "Resources",
        ["Id", "Kind", "AccountId", "ParentId", "Key", "Version", "CreatedAt", "UpdatedAt", "Data", "Secrets"],
        static row => new()
        {
            Id = row.GetString(0),
            Kind = row.GetString(1),
            AccountId = row.GetString(2),
            ParentId = row.GetStringOrNull(3),
            Key = row.GetStringOrNull(4),
            Version = row.GetInt64(5),
            CreatedAt = row.GetInt64(6),
            UpdatedAt = row.GetInt64(7),
            Data = row.GetBytes(8),
            Secrets = row.GetBytesOrNull(9),
        },
        static (row, to) => to.Fill(
            row.Id, row.Kind, row.AccountId, row.ParentId, row.Key, row.Version, row.CreatedAt, row.UpdatedAt,
            Encoding.UTF8.GetString(row.Data), row.Secrets));

    /// <summary>A resource of the given kind. Values: id, kind.</summary>
    public const string OfKind = """WHERE "Id" = $1 AND "Kind" = $2""";

    /// <summary>The resource of a kind with the given key. Values: account, kind, key.</summary>
    public const string WithKey = """WHERE "AccountId" = $1 AND "Kind" = $2 AND "Key" = $3""";

    /// <summary>When a resource was created. Values: id.</summary>
    public const string CreatedAt = """SELECT "CreatedAt" FROM "Resources" WHERE "Id" = $1""";

    /// <summary>The id of the resource of a kind with the given key. Values: account, kind, key.</summary>
    public const string IdWithKey = """SELECT "Id" FROM "Resources" WHERE "AccountId" = $1 AND "Kind" = $2 AND "Key" = $3""";

    /// <summary>Updates a resource whose version is still the given one. Values: id, version, key, time, document, credentials.</summary>
    public const string Change = """
        UPDATE "Resources" SET "Key" = $3, "UpdatedAt" = $4, "Data" = $5, "Secrets" = $6, "Version" = "Version" + 1
        WHERE "Id" = $1 AND "Version" = $2
        """;

    /// <summary>Adds a link. Values: from, field, to.</summary>
    public const string AddLink = """INSERT INTO "ResourceLinks" ("FromId", "Field", "ToId") VALUES ($1, $2, $3)""";

    /// <summary>Removes a link regardless of its target. Values: from, field.</summary>
    public const string RemoveLink = """DELETE FROM "ResourceLinks" WHERE "FromId" = $1 AND "Field" = $2""";

    /// <summary>The kind, account and parent of a resource. Values: id.</summary>
    public const string Owner = """SELECT "Kind", "AccountId", "ParentId" FROM "Resources" WHERE "Id" = $1""";

    /// <summary>The ids of the resources that are part of a resource. Values: id.</summary>
    public const string Children = """SELECT "Id" FROM "Resources" WHERE "ParentId" = $1""";

    /// <summary>The next resources in the order of their ids. Values: the id before them, the number of rows.</summary>
    public const string Page = """WHERE "Id" > $1 ORDER BY "Id" LIMIT $2""";

    /// <summary>The fields and targets of the links from a resource. Values: id.</summary>
    public const string LinksFrom = """SELECT "Field", "ToId" FROM "ResourceLinks" WHERE "FromId" = $1 ORDER BY "Field" """;

    /// <summary>The sources and fields of the links to a resource. Values: id.</summary>
    public const string LinksTo = """SELECT "FromId", "Field" FROM "ResourceLinks" WHERE "ToId" = $1""";

    /// <summary>Removes a resource that has no children and that no link refers to. Values: id.</summary>
    public const string Remove = """DELETE FROM "Resources" WHERE "Id" = $1""";

    /// <summary>Removes the links from a resource. Values: id.</summary>
    public const string RemoveLinks = """DELETE FROM "ResourceLinks" WHERE "FromId" = $1""";
}
