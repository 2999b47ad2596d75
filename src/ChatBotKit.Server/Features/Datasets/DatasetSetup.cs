using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Features.Datasets.Records;

namespace ChatBotKit.Server.Features.Datasets;

internal static class DatasetSetup
{
    public static IServiceCollection AddDatasets(this IServiceCollection services) => services
        .AddSingleton<RecordCommands>()
        .AddSingleton<RecordReading>()
        .AddDueWorkHandler<RecordRemovalWork>()
        .AddDueWorkHandler<RecordDeletionSweep>();
}
