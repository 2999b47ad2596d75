using ChatBotKit.Server.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatBotKit.Server.Data.Configurations;

/// <summary>A log has no foreign key: one belongs to a run, another to a channel, which is no row. The order of the row numbers is the order of time.</summary>
internal sealed class LogBatchConfiguration : IEntityTypeConfiguration<LogBatchEntity>
{
    public void Configure(EntityTypeBuilder<LogBatchEntity> builder)
    {
        builder.ToTable("LogBatches");
        builder.HasKey(batch => new { batch.LogId, batch.First });
    }
}
