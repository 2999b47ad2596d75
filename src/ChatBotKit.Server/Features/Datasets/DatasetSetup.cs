using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Features.Datasets.Embedding;
using ChatBotKit.Server.Features.Datasets.Files;
using ChatBotKit.Server.Features.Datasets.Records;
using ChatBotKit.Server.Features.Datasets.Search;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Features.Datasets;

internal static class DatasetSetup
{
    public static IServiceCollection AddDatasets(this IServiceCollection services) => services
        .AddSingleton<RecordCommands>()
        .AddSingleton<RecordReading>()
        .AddSingleton<RecordImport>()
        .AddSingleton<IndexUpdates>()
        .AddSingleton<DatasetIndexes>()
        .AddSingleton<QuestionVectors>()
        .AddSingleton<Rerankers>()
        .AddSingleton<DatasetSearch>()
        .AddSingleton<DatasetEmbedding>()
        .AddHostedService<EmbeddingService>()
        .AddSingleton<SearchCommand>()
        .AddSingleton<IDatasetReader, DatasetReader>()
        .AddHostedService<DatasetIndexService>()
        .AddSingleton<DatasetFileCommands>()
        .AddSingleton(new ExtractionLimits())
        .AddSingleton<IFileReader, FileReader>()
        .AddSingleton<FileImports>()
        .AddDueWorkHandler<FileImportWork>()
        .AddDueWorkHandler<RecordRemovalWork>()
        .AddDueWorkHandler<FileRecordRemovalWork>()
        .AddDueWorkHandler<StagedRecordRemovalWork>()
        .AddDueWorkHandler<RecordDeletionSweep>();
}
