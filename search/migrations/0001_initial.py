
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='Generation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('live', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('live', True)), fields=('kind',), name='one_live_generation')],
            },
        ),
        migrations.CreateModel(
            name='OutboxEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('engine', models.CharField(max_length=20)),
                ('kind', models.CharField(max_length=20)),
                ('object_id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('not_before', models.DateTimeField(null=True)),
                ('error', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['engine', 'id'], name='search_outb_engine_2b72d4_idx')],
            },
        ),
        migrations.CreateModel(
            name='IndexedDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('object_id', models.BigIntegerField()),
                ('title', models.TextField()),
                ('url', models.TextField()),
                ('reference', models.TextField()),
                ('summary', models.TextField()),
                ('body', models.TextField()),
                ('category_path', models.TextField(help_text='/root/child/')),
                ('brand', models.TextField()),
                ('merchant', models.TextField()),
                ('merchant_slug', models.TextField()),
                ('price', models.FloatField(null=True)),
                ('currency', models.TextField()),
                ('picture_url', models.TextField()),
                ('has_video', models.BooleanField()),
                ('selected', models.BooleanField()),
                ('score', models.FloatField()),
                ('published_at', models.DateTimeField(null=True)),
                ('attributes', models.JSONField()),
                ('title_terms', models.TextField(help_text='With a space on both sides, to be looked into.')),
                ('head_terms', models.TextField(help_text='What the thing is; spaces on both sides too.')),
                ('keyword_terms', models.TextField()),
                ('summary_terms', models.TextField()),
                ('body_terms', models.TextField()),
                ('title_words', models.TextField(help_text='Not stemmed, for completion.')),
                ('generation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='search.generation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('generation', 'object_id'), name='one_document_per_object')],
            },
        ),
        migrations.CreateModel(
            name='IndexedWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=40)),
                ('weight', models.IntegerField(default=0, help_text='How often it was indexed.')),
                ('generation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='search.generation')),
            ],
            options={
                'indexes': [models.Index(fields=['text'], name='search_inde_text_18ad07_idx')],
                'constraints': [models.UniqueConstraint(fields=('generation', 'text'), name='one_row_per_word')],
            },
        ),
    ]
