"""What the pages share: page frame, object picker, gallery, crop and the wording of figures."""
