using ChatBotKit.Server.Data;
using ChatBotKit.Server.Integrations.Sitemap;
using ChatBotKit.Server.Integrations.Trigger;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features;

/// <summary>Schedules the triggers and sitemaps that a version without their schedules has stored.</summary>
internal sealed class ScheduleAdoptionWork(IStore store, ResourceStore resources, TimeProvider time) : AdoptionWork(store)
{
    public override string Kind => "schedule-adoption";

    protected override IReadOnlyList<string> ResourceKinds => [TriggerKind.Name, SitemapKind.Name];

    protected override ValueTask AdoptAsync(ISqlTransaction db, ResourceRow row) => row.Kind == TriggerKind.Name
        ? TriggerKind.Schedule.AdoptAsync(db, resources, row, time.GetUtcNow())
        : SitemapSchedule.StoreAsync(db, row, time.GetUtcNow());
}
