using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Moving;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Server.Migrations;

/// <summary>The operations that move the running server to PostgreSQL, for its owner.</summary>
internal static class MigrationEndpoints
{
    public static IServiceCollection AddMigrations(this IServiceCollection services) => services
        .AddSingleton<MoveHandover>()
        .AddSingleton<Migrations>();

    public static void MapMigrations(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        group.MapPost("/server/migration/create", CreateAsync).WithName("createServerMigration")
            .WithSummary("Starts to move the running server to PostgreSQL, for its owner");
        group.MapGet("/server/migration/fetch", FetchAsync).WithName("fetchServerMigration")
            .WithSummary("Fetches the progress of the last migration of the server");
        group.MapPost("/server/migration/cancel", CancelAsync).WithName("cancelServerMigration")
            .WithSummary("Cancels the migration of the server, which stays on its database");
    });

    private static async Task<JsonAnswer<ServerMigrationItem>> CreateAsync(
        JsonBody<ServerMigrationCreateRequest> body, Caller caller, HttpContext context, Migrations migrations, ServerOwner owner,
        SessionAudit audit, IStore store, CancellationToken cancellationToken)
    {
        await owner.RequireAsync(caller, cancellationToken);
        var migration = migrations.Prepare(body.Value);
        // All data goes to another database, so the audit record must be stored before.
        await store.CommitAsync(new WriteSet { Audit = [audit.OfOwner(context, SessionAuditType.Migrate, code: null)] });
        return JsonAnswer.Of(migrations.Start(migration));
    }

    private static async Task<JsonAnswer<ServerMigrationItem>> FetchAsync(
        Caller caller, Migrations migrations, ServerOwner owner, CancellationToken cancellationToken)
    {
        await owner.RequireAsync(caller, cancellationToken);
        return JsonAnswer.Of(migrations.Get());
    }

    private static async Task<JsonAnswer<ServerMigrationItem>> CancelAsync(
        JsonBody<EmptyRequest> body, Caller caller, Migrations migrations, ServerOwner owner, CancellationToken cancellationToken)
    {
        await owner.RequireAsync(caller, cancellationToken);
        return JsonAnswer.Of(await migrations.CancelAsync());
    }
}
