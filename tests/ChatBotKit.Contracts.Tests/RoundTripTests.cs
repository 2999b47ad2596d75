using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatBotKit.Contracts.Tests;

public sealed class RoundTripTests
{
    // These are sent in the query, like those of lists.
    private static readonly Type[] NotBodies =
        [typeof(ConversationUsageRequest), typeof(BotUsageRequest), typeof(SpaceStorageListRequest), typeof(UsageRunSeriesRequest), typeof(UsageHourSeriesRequest)];

    public static TheoryData<Type> Bodies =>
    [
        .. typeof(ChatBotKitJson).Assembly.GetExportedTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false })
            .Where(type => type.GetMethod("<Clone>$") is not null)
            .Where(type => !type.IsAssignableTo(typeof(RunEvent)) && !type.IsAssignableTo(typeof(ListRequest)) && !NotBodies.Contains(type)),
        typeof(ListResponse<ConversationItem>),
        typeof(ListResponse<ConversationExportItem>),
        typeof(ListResponse<MessageItem>),
        typeof(ListResponse<AttachmentItem>),
        typeof(ListResponse<ModelItem>),
        typeof(ListResponse<IntegrationDiscordItem>),
        typeof(ListResponse<IntegrationEmailItem>),
        typeof(ListResponse<IntegrationExtractItem>),
        typeof(ListResponse<IntegrationExtractItemItem>),
        typeof(ListResponse<IntegrationGoogleChatItem>),
        typeof(ListResponse<IntegrationInstagramItem>),
        typeof(ListResponse<IntegrationMcpServerItem>),
        typeof(ListResponse<IntegrationMessengerItem>),
        typeof(ListResponse<IntegrationMicrosoftTeamsItem>),
        typeof(ListResponse<IntegrationNotionItem>),
        typeof(ListResponse<IntegrationSitemapItem>),
        typeof(ListResponse<IntegrationSkillServerItem>),
        typeof(ListResponse<IntegrationSlackItem>),
        typeof(ListResponse<IntegrationSupportItem>),
        typeof(ListResponse<IntegrationTelegramItem>),
        typeof(ListResponse<IntegrationTriggerItem>),
        typeof(ListResponse<IntegrationTwilioItem>),
        typeof(ListResponse<IntegrationWhatsAppItem>),
        typeof(ListResponse<IntegrationWidgetItem>),
        typeof(ListResponse<RunItem>),
        typeof(ListResponse<SessionItem>),
        typeof(ListResponse<SessionAuditItem>),
        typeof(ListResponse<SessionKeyItem>),
        typeof(ListResponse<ServerTokenItem>),
        typeof(DatasetFileItem),
        typeof(ListResponse<ServerWorkItem>),
        typeof(ServerMigrationItem),
        typeof(ServerInfo),
        typeof(UsageRunSeriesResponse),
        typeof(ListResponse<BlueprintItem>),
        typeof(ListResponse<BlueprintBulletinItem>),
        typeof(ListResponse<ContactItem>),
        typeof(ListResponse<ContactRatingItem>),
        typeof(ListResponse<EventLogItem>),
        typeof(ListResponse<MagicPromptItem>),
        typeof(ListResponse<PartnerUserItem>),
        typeof(ListResponse<PartnerUserContextItem>),
        typeof(ListResponse<PartnerUserTokenItem>),
        typeof(ListResponse<PlatformAbilityItem>),
        typeof(ListResponse<PlatformActionItem>),
        typeof(ListResponse<PlatformDocItem>),
        typeof(ListResponse<PlatformExampleItem>),
        typeof(ListResponse<PlatformReportItem>),
        typeof(ListResponse<PlatformSecretItem>),
        typeof(ListResponse<PolicyItem>),
        typeof(ListResponse<PortalItem>),
        typeof(ListResponse<TeamItem>),
        typeof(ListResponse<UsageRecordItem>),
        typeof(ListResponse<BotItem>),
        typeof(ListResponse<DatasetItem>),
        typeof(ListResponse<RecordItem>),
        typeof(ListResponse<SkillsetItem>),
        typeof(ListResponse<AbilityItem>),
        typeof(ListResponse<SecretItem>),
        typeof(ListResponse<FileItem>),
        typeof(ListResponse<MemoryItem>),
        typeof(ListResponse<SpaceItem>),
        typeof(ListResponse<SpaceSiteItem>),
        typeof(ListResponse<TaskItem>),
        typeof(ListResponse<TaskExecutionItem>),
        typeof(RunEvent),
        typeof(TokenEventData),
    ];

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Record_WithEveryField_SurvivesBothOptions(Type type)
    {
        var json = SampleJson.Of(type).ToJsonString();

        foreach (var options in new[] { ChatBotKitJson.ServerOptions, ChatBotKitJson.ClientOptions })
        {
            var value = JsonSerializer.Deserialize(json, options.GetTypeInfo(type));
            var written = JsonSerializer.Serialize(value, options.GetTypeInfo(type));
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(written)), $"expected {json}\nactual   {written}");
        }
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Record_WithUnknownField_KeepsItOrIsARequest(Type type)
    {
        if (SampleJson.Of(type) is not JsonObject sample)
            return;
        sample["fromTheFuture"] = new JsonObject { ["deep"] = 1 };

        var value = JsonSerializer.Deserialize(sample, ChatBotKitJson.ClientOptions.GetTypeInfo(type));

        if (value is ApiObject)
            Assert.True(JsonNode.DeepEquals(sample, JsonSerializer.SerializeToNode(value, ChatBotKitJson.ClientOptions.GetTypeInfo(type))));
        else if (value is not (RunEvent or TokenEventData))
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(sample, ChatBotKitJson.ServerOptions.GetTypeInfo(type)));
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public void RequiredField_Missing_IsRefusedByServersAndTakenByClients(Type type)
    {
        var info = ChatBotKitJson.ServerOptions.GetTypeInfo(type);
        foreach (var property in info.Properties.Where(property => property.IsRequired))
        {
            var sample = SampleJson.Of(type).AsObject();
            sample.Remove(property.Name);

            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(sample, info));
            Assert.NotNull(JsonSerializer.Deserialize(sample, ChatBotKitJson.ClientOptions.GetTypeInfo(type)));
        }
    }
}
