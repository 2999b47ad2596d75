using ChatBotKit.Server.Data.CompiledModel;
using ChatBotKit.Server.Data.Migrations.Sqlite;
using ChatBotKit.Server.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>What <c>tools/migrate.sh</c> makes fits the entities. After a change of an entity, run that script.</summary>
public sealed class SchemaTests
{
    [Fact]
    public void Migrations_OfTheModel_MissNothing()
    {
        using var context = new SqliteDesignTimeFactory().CreateDbContext([]);

        Assert.False(context.Database.HasPendingModelChanges(), "Run tools/migrate.sh with a name for the change.");
    }

    [Fact]
    public void MigrationIds_AreThoseOfTheAssembly()
    {
        using var context = new SqliteDesignTimeFactory().CreateDbContext([]);

        Assert.Equal(context.Database.GetMigrations(), SqliteMigrationIds.All);
    }

    [Fact]
    public void CompiledModel_IsUsedAndDescribesTheEntities()
    {
        using var context = new SqliteDesignTimeFactory().CreateDbContext([]);
        var current = context.GetService<IDesignTimeModel>().Model;

        Assert.Same(ServerDbContextModel.Instance, context.Model);
        Assert.Equal(Describe(current), Describe(context.Model));
        Assert.Equal(
            current.GetRelationalModel().ToDebugString(MetadataDebugStringOptions.LongDefault),
            context.Model.GetRelationalModel().ToDebugString(MetadataDebugStringOptions.LongDefault));
    }

    private static string Describe(IModel model) => model.ToDebugString(
        MetadataDebugStringOptions.LongDefault & ~MetadataDebugStringOptions.IncludeAnnotations);
}
