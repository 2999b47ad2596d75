using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Integrations.Widget;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Widgets;

/// <summary>A widget with the account that owns it.</summary>
internal sealed record FoundWidget(string Id, string AccountId, IntegrationWidgetItem Item);

/// <summary>Finds widgets for visitors, who know only the id.</summary>
internal sealed class WidgetReading(IStore store, ResourceKinds kinds)
{
    /// <summary>Finds the widget; null when there is none.</summary>
    public Task<FoundWidget?> FindAsync(string id, CancellationToken cancellationToken) =>
        store.QueryAsync(db => FindAsync(db, id), cancellationToken).AsTask();

    /// <inheritdoc cref="FindAsync(string, CancellationToken)"/>
    public async ValueTask<FoundWidget?> FindAsync(ISqlSession db, string id) =>
        await db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, id, WidgetKind.Name) is { } row
            ? new FoundWidget(row.Id, row.AccountId, ItemOf(row))
            : null;

    private IntegrationWidgetItem ItemOf(ResourceRow row) =>
        (IntegrationWidgetItem)JsonSerializer.Deserialize(row.Data, kinds.Find(WidgetKind.Name)!.StoredType)!;
}
